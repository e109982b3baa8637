package io.caracal.capture.internal.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures that others made, of every link type, encapsulation, file format and kind of damage.
 * What must come of each frame was written by {@code src/test/regression/make-expected} out of
 * tshark's dissection; {@code src/test/resources/captures/README.md} names sources and licences.
 */
class CapturesOfOthersTest {
  private static final Path CAPTURES = Path.of("src/test/resources/captures");
  private static final String EXPECTED = ".tsv";

  static Stream<Named<Path>> captures() throws IOException {
    try (Stream<Path> files = Files.list(CAPTURES)) {
      return files
          .filter(file -> file.toString().endsWith(EXPECTED))
          .map(file -> file.toString().replaceFirst("\\.tsv$", ""))
          .sorted()
          .map(Path::of)
          .map(file -> Named.of(file.getFileName().toString(), file))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("captures")
  void isDecodedAsTsharkDissectsIt(Path capture) throws IOException {
    List<String> expected = Files.readAllLines(Path.of(capture + EXPECTED));
    List<String> rows = new ArrayList<>();
    List<String> remarks = read(capture, rows);

    assertThat(rows)
        .containsExactlyElementsOf(
            expected.stream()
                .filter(row -> !row.startsWith("#"))
                .map(DecodedRow::canonical)
                .toList());
    if (expected.getFirst().equals("# damaged")) {
      assertThat(remarks).isNotEmpty().allMatch(remark -> remark.startsWith(capture.toString()));
    } else {
      assertThat(remarks)
          .allMatch(
              remark -> remark.contains("holds no packets") || remark.contains("without a time"));
    }
  }

  /** Reads the capture; what the operator is told, be it a refusal or notices, comes back. */
  private static List<String> read(Path capture, List<String> rows) throws IOException {
    DecodedRow row = new DecodedRow();
    try (PacketInput input = open(capture)) {
      while (input.poll(frame -> rows.add(row.of(frame)), 100, 0) != PacketInput.END) {
        assertThat(input.counters().packets()).isEqualTo(rows.size());
      }
      return input.notices();
    } catch (IOException refused) {
      return List.of(String.valueOf(refused.getMessage()));
    }
  }

  private static PacketInput open(Path capture) throws IOException {
    return new FileSource().open(SourceRequest.file(capture.toString()));
  }
}
