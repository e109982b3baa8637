package io.caracal.capture.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every capture of the unpacked data folder that the environment variable CARACAL_DATA names, read
 * and decoded: as many packets as its MANIFEST.tsv or our own table says. Both agree with capinfos
 * -c of Wireshark 4.0.17 wherever that opens the capture.
 */
class SweepTest {
  private static final String REFUSED = "refused";
  private static final int FILE_COLUMN = 0;
  private static final int PACKETS_COLUMN = 12;

  @ParameterizedTest
  @ValueSource(strings = {"attack", "benign", "malformed", "policy", "protocol-tests"})
  void everyCaptureGivesItsPackets(String folder) throws IOException {
    String data = Objects.requireNonNullElse(System.getenv("CARACAL_DATA"), "");
    assumeTrue(!data.isEmpty(), "CARACAL_DATA does not name the unpacked data folder");
    Map<String, String> expected = expected(Path.of(data), "pcap/" + folder + "/");
    Map<String, String> read = new TreeMap<>();
    for (String capture : expected.keySet()) {
      read.put(capture, packets(Path.of(data).resolve(capture)));
    }
    assertThat(read).isNotEmpty().containsExactlyEntriesOf(expected);
  }

  private static Map<String, String> expected(Path data, String prefix) throws IOException {
    Map<String, String> packets =
        Files.readAllLines(data.resolve("MANIFEST.tsv")).stream()
            .map(line -> line.split("\t", -1))
            .filter(row -> row[FILE_COLUMN].startsWith(prefix))
            .collect(
                Collectors.toMap(
                    row -> row[FILE_COLUMN],
                    row -> row[PACKETS_COLUMN],
                    (a, b) -> a,
                    TreeMap::new));
    exceptions().stream()
        .map(line -> line.split("\t", -1))
        .filter(row -> row[0].startsWith(prefix))
        .forEach(row -> packets.put(row[0], row[1]));
    return packets;
  }

  private static List<String> exceptions() throws IOException {
    try (var table = SweepTest.class.getResourceAsStream("sweep.tsv")) {
      return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static String packets(Path capture) throws IOException {
    PacketDecoder decoder = new HeaderDecoderFactory().create();
    PacketHeaders headers = new PacketHeaders();
    PacketInput input;
    try {
      input = new FileSource().open(SourceRequest.file(capture.toString()));
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith(capture + " ");
      return REFUSED;
    }
    try (input) {
      while (input.poll(frame -> decoder.decode(frame, headers), 1024, 0) != PacketInput.END) {}
      return String.valueOf(input.counters().packets());
    }
  }
}
