package io.caracal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.file.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A file of any bytes, from the reader to the flows: it is refused in one sentence, or read to an
 * end with counters that add up and notices that name it.
 */
@Tag("capture")
class CaptureFuzzTest {
  /** A small file can unpack to gigabytes; this much of it is enough. */
  private static final long MOST_PACKETS = 20_000;

  @TempDir static Path directory;

  @MethodSource("io.caracal.fuzz.Seeds#captures")
  @FuzzTest
  void isReadToAnEnd(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("capture"), bytes);
    try (PacketInput input = new FileSource().open(SourceRequest.file(file.toString()))) {
      read(file, input);
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith(file + " ");
    }
  }

  private static void read(Path file, PacketInput input) throws IOException {
    FlowLedger ledger = new FlowLedger();
    Count count = new Count();
    double progress = 0;
    while (input.poll(frame -> count.add(frame, ledger), 7, 0) != PacketInput.END) {
      assertThat(input.progress()).isBetween(progress, 1.0);
      progress = input.progress();
      if (count.packets > MOST_PACKETS) {
        return;
      }
    }
    assertThat(input.poll(frame -> count.add(frame, ledger), 7, 0)).isEqualTo(PacketInput.END);
    SourceCounters counters = input.counters();
    assertThat(counters).isEqualTo(count.counters(counters));
    assertThat(counters.droppedByKernel()).isNotNegative();
    assertThat(counters.droppedByInterface()).isNotNegative();
    assertNotices(file, count.packets, input.notices());
    ledger.close();
  }

  private static void assertNotices(Path file, long packets, List<String> notices) {
    for (String notice : notices) {
      assertThat(notice).startsWith(file + " ").endsWith(".");
    }
    assertThat(packets > 0 || !notices.isEmpty()).as("no packets without a word").isTrue();
  }

  /** What the handler was given. */
  private static final class Count {
    long packets;
    long bytes;
    long truncated;

    void add(Frame frame, FlowLedger ledger) {
      assertThat(frame.capturedLength).isBetween(0, frame.wireLength);
      assertThat(frame.copy()).hasSize(frame.capturedLength);
      packets++;
      bytes += frame.wireLength;
      truncated += frame.capturedLength < frame.wireLength ? 1 : 0;
      ledger.onFrame(frame);
    }

    /** Drops are what the capture says of itself. */
    SourceCounters counters(SourceCounters stated) {
      return new SourceCounters(
          packets, bytes, stated.droppedByKernel(), stated.droppedByInterface(), truncated, 0);
    }
  }
}
