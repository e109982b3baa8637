package io.caracal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file that is followed while its bytes come in pieces gives the packets of the whole file. Where
 * the packed data are damaged, how much can be unpacked before the damage depends on the pieces.
 */
@Tag("growing")
class GrowingFuzzTest {
  private static final int MOST_PACKETS = 2_000;
  private static final int PIECES = 8;

  @TempDir static Path directory;

  @MethodSource("io.caracal.fuzz.Seeds#captures")
  @FuzzTest
  void givesWhatTheWholeFileGives(byte[] bytes) throws IOException {
    Path whole = Files.write(directory.resolve("whole"), bytes);
    Path growing = Files.write(directory.resolve("growing"), new byte[0]);
    List<String> expected = new ArrayList<>();
    List<String> packets = new ArrayList<>();
    boolean damaged;
    try (PacketInput input = new FileSource().open(SourceRequest.file(whole.toString()))) {
      read(input, expected);
      damaged = input.notices().stream().anyMatch(GrowingFuzzTest::isDamage);
    } catch (IOException refused) {
      damaged = isDamage(String.valueOf(refused.getMessage()));
    }
    try (PacketInput input = new FileSource().open(SourceRequest.growing(growing.toString()));
        OutputStream out = Files.newOutputStream(growing)) {
      for (int piece = 0; piece < PIECES; piece++) {
        out.write(
            Arrays.copyOfRange(
                bytes, bytes.length * piece / PIECES, bytes.length * (piece + 1) / PIECES));
        read(input, packets);
      }
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith(growing + " ");
    }
    int comparable = damaged ? Math.min(packets.size(), expected.size()) : MOST_PACKETS;
    assertThat(packets.stream().limit(comparable))
        .containsExactlyElementsOf(expected.stream().limit(comparable).toList());
  }

  private static boolean isDamage(String sentence) {
    return sentence.contains("damaged compressed data");
  }

  /** Reads what is there. */
  private static void read(PacketInput input, List<String> packets) throws IOException {
    while (packets.size() < MOST_PACKETS
        && input.poll(frame -> packets.add(line(frame)), 1, 0) > 0) {}
  }

  private static String line(Frame frame) {
    return "%d %d %d %d %x"
        .formatted(
            frame.timeNanos,
            frame.linkType,
            frame.capturedLength,
            frame.wireLength,
            Arrays.hashCode(frame.copy()));
  }
}
