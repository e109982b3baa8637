package io.caracal.capture.internal.file;

import static io.caracal.capture.internal.file.Captures.MICRO;
import static io.caracal.capture.internal.file.Captures.SECOND;
import static io.caracal.capture.internal.file.Captures.frame;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {
  private static final byte[] PCAP =
      Captures.in(LITTLE_ENDIAN)
          .fileHeader(MICRO, 1)
          .packet(SECOND, 1, frame(1))
          .packet(SECOND, 2, frame(2))
          .packet(SECOND, 3, frame(3))
          .bytes();

  private static final byte[] PCAPNG =
      Frames.join(
          Captures.in(LITTLE_ENDIAN)
              .section()
              .networkInterface(1, 9, 0)
              .enhancedPacket(0, 1, frame(1), frame(1).length)
              .bytes(),
          Captures.in(BIG_ENDIAN)
              .section()
              .networkInterface(1, 0)
              .simplePacket(frame(2), frame(2).length)
              .oldPacket(0, 1, frame(3))
              .bytes());

  @TempDir Path directory;

  private final FileSource source = new FileSource();

  @Test
  void servesFilesOnly() {
    assertThat(source.name()).isEqualTo("file");
    assertThat(source.supports(SourceRequest.file("x"))).isTrue();
    assertThat(source.supports(SourceRequest.live("x", "", 1, 1, 0, true))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"pcap", "pcapng"})
  void cutAnywhereIsReadUpToTheCut(String format) throws IOException {
    byte[] whole = format.equals("pcap") ? PCAP : PCAPNG;
    int most = 0;
    for (int length = 28; length < whole.length; length++) {
      Reading reading = Reading.of(directory, Arrays.copyOf(whole, length));
      assertThat(reading.packets().size()).isBetween(most, 3);
      most = reading.packets().size();
      boolean saysSo = reading.notices().stream().anyMatch(notice -> notice.contains(" cut off "));
      assertThat(saysSo || atRecordBoundary(whole, length)).as("cut at %d", length).isTrue();
    }
    assertThat(Reading.of(directory, whole).packets()).hasSize(3);
  }

  private static boolean atRecordBoundary(byte[] whole, int length) {
    int first = 24 + 16 + frame(1).length;
    int second = first + 16 + frame(2).length;
    return whole == PCAP
        ? length == first || length == second
        : length == 28
            || length == 28 + 52
            || length == 28 + 52 + 32 + 44 + 4
            || length == 28 + 52 + 32 + 44 + 4 + 28
            || length == 28 + 52 + 32 + 44 + 4 + 28 + 20
            || length == 28 + 52 + 32 + 44 + 4 + 28 + 20 + 16 + 44;
  }

  @Test
  void theNoticeNamesFileAndPlace() throws IOException {
    Reading reading = Reading.of(directory, Arrays.copyOf(PCAP, PCAP.length - 1));
    assertThat(reading.notices())
        .containsExactly(
            "%s is cut off in the middle of a packet at byte %d; packets read before that: 2."
                .formatted(
                    directory.resolve("capture"),
                    24 + 16 + frame(1).length + 16 + frame(2).length));
  }

  @ParameterizedTest
  @CsvSource({"pcap", "pcapng"})
  void damagedAnywhereEndsWithoutHarm(String format) throws IOException {
    byte[] whole = format.equals("pcap") ? PCAP : PCAPNG;
    Random random = new Random(20261122);
    for (int round = 0; round < 1000; round++) {
      byte[] damaged = whole.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt(256);
      }
      try {
        Reading reading = Reading.of(directory, damaged);
        assertThat(reading.packets()).hasSizeLessThanOrEqualTo(20);
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith(directory.toString());
      }
    }
  }

  @Test
  void whatIsNoCaptureIsRefusedInOneSentence() throws IOException {
    Path file = directory.resolve("x.pcap");
    assertRefused(file, "does not exist; check the path");
    assertRefused(directory, "holds no capture with packets");
    assertRefused(Files.createFile(file), "is empty");
    assertRefused(Files.writeString(file, "hi"), "is not a pcap, pcapng or snoop capture");
    assertRefused(Files.writeString(file, "GET / HTTP"), "is not a pcap, pcapng or snoop capture");
    assertRefused(Files.writeString(file, "BZh91AY&SY"), "is packed by bzip2; unpack it first");
    assertRefused(Files.write(file, Arrays.copyOf(PCAP, 23)), "ends inside its file header");
    assertRefused(Files.write(file, Arrays.copyOf(PCAPNG, 27)), "ends inside its file header");
    assertRefused(Files.write(file, Frames.hex("1f8b0800")), "is cut off");
    assertRefused(Files.write(file, Frames.hex("1f8b0900000000000000")), "damaged compressed data");
    assertRefused(Files.write(file, Frames.hex("28b52ffd")), "is cut off");
  }

  private void assertRefused(Path file, String reason) {
    assertThatIOException()
        .isThrownBy(() -> source.open(SourceRequest.file(file.toString())).close())
        .withMessageStartingWith(file + " ")
        .withMessageContaining(reason);
  }

  @Test
  void filesTakeNoFilter() {
    SourceRequest request =
        new SourceRequest(SourceRequest.Kind.FILE, "x", false, "tcp", 0, 0, 0, false);
    assertThatIOException()
        .isThrownBy(() -> source.open(request).close())
        .withMessageContaining("takes no filter");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void deliversAtMostTheLimit(int limit) throws IOException {
    Path file = Files.write(directory.resolve("x"), PCAP);
    try (PacketInput input = source.open(SourceRequest.file(file.toString()))) {
      int total = 0;
      for (int count = 0; count != PacketInput.END; count = input.poll(frame -> {}, limit, 0)) {
        assertThat(count).isBetween(0, limit);
        total += count;
        assertThat(input.counters().packets()).isEqualTo(total);
      }
      assertThat(total).isEqualTo(3);
      assertThat(input.progress()).isEqualTo(1);
    }
  }

  @Test
  void whatAHandlerThrowsPassesThroughAndTheFrameCounts() throws IOException {
    Path file = Files.write(directory.resolve("x"), PCAP);
    try (PacketInput input = source.open(SourceRequest.file(file.toString()))) {
      assertThatThrownBy(
              () ->
                  input.poll(
                      frame -> {
                        throw new IllegalStateException("handler");
                      },
                      10,
                      0))
          .hasMessage("handler");
      assertThat(input.counters().packets()).isEqualTo(1);
      assertThat(input.poll(frame -> {}, 10, 0)).isEqualTo(2);
    }
  }

  @Test
  void aClosedInputHasNoMoreFrames() throws IOException {
    Path file = Files.write(directory.resolve("x"), PCAP);
    PacketInput input = source.open(SourceRequest.file(file.toString()));
    input.close();
    input.close();
    assertThat(input.poll(frame -> {}, 10, 0)).isEqualTo(PacketInput.END);
  }
}
