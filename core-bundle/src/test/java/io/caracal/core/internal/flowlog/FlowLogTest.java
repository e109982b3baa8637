package io.caracal.core.internal.flowlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Judgements;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.evidence.Evidence;
import io.caracal.core.internal.lane.ScoredBatch;
import io.caracal.testkit.SampleFlows;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowLogTest {
  private static final String FIRST = "flows-20251120T090400Z.txt";
  private static final String SECOND = "flows-20251120T090600Z.txt";

  @TempDir private Path folder;
  private final Lines format = new Lines();

  /** Writes the flow's number and its probability, a line each. */
  private static final class Lines implements FlowOutput.Format {
    private final CountDownLatch mayWrite = new CountDownLatch(1);
    private volatile boolean broken;
    private volatile boolean brokenOnce;

    @Override
    public String name() {
      return "lines";
    }

    @Override
    public String extension() {
      return "txt";
    }

    @Override
    public List<View> views(List<View> chosen, List<View> installed) {
      return chosen;
    }

    @Override
    public boolean marksCheckpoints(List<View> views) {
      return true;
    }

    @Override
    public FlowOutput open(String destination, List<View> views, FlowSettings flows)
        throws IOException {
      Writer out = Files.newBufferedWriter(Path.of(destination));
      return new FlowOutput() {
        @Override
        public void write(FlowBatch batch) throws IOException {
          await(mayWrite);
          if (broken || brokenOnce) {
            brokenOnce = false;
            throw new IOException("No space left on device");
          }
          for (int row = 0; row < batch.size(); row++) {
            out.write(batch.flowId(row) + " " + batch.view("judgement").get(row) + "\n");
          }
        }

        @Override
        public void close() throws IOException {
          out.close();
        }
      };
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private LogSettings settings(long maxBytes) {
    return new LogSettings(
        folder, format, List.of(Judgement.VIEW), Duration.ofMinutes(1), maxBytes);
  }

  private FlowLog log(long maxBytes) {
    format.mayWrite.countDown();
    return new FlowLog(settings(maxBytes), FlowSettings.DEFAULT, true);
  }

  /** The sample flows: one was written at 09:04:05, the others at 09:06:03 and 09:06:13. */
  private static void log(FlowLog log) {
    FlowBatch batch = SampleFlows.batch(List.of());
    Judgements judgements = new Judgements(3);
    judgements.reset(3);
    judgements.set(0, 0.25f, 0, AttackClass.ANOMALY);
    ScoredBatch scored =
        new ScoredBatch(batch, List.of(), judgements, 1, 1, Optional.empty(), Evidence.NONE);
    for (int row = 0; row < 3; row++) {
      log.onRow(scored, row);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void everyPeriodIsAFile() throws IOException {
    try (FlowLog log = log(0)) {
      log(log);
    }
    assertThat(files()).containsExactly(FIRST, SECOND);
    assertThat(Files.readAllLines(folder.resolve(FIRST))).containsExactly("7 0.25");
    assertThat(Files.readAllLines(folder.resolve(SECOND))).containsExactly("8 -1.0", "9 -1.0");
  }

  @Test
  void aFileOfAnEarlierRunIsNotReplaced() throws IOException {
    Files.writeString(folder.resolve(FIRST), "whole");
    Files.writeString(folder.resolve(SECOND + ".part"), "cut off");
    try (FlowLog log = log(0)) {
      log(log);
    }
    assertThat(files())
        .containsExactly(
            "flows-20251120T090400Z-1.txt",
            FIRST,
            "flows-20251120T090600Z-1.txt",
            SECOND + ".part");
    assertThat(Files.readString(folder.resolve(FIRST))).isEqualTo("whole");
  }

  @Test
  void theOldestGoBeyondTheLimit() throws IOException {
    Files.writeString(folder.resolve("flows-20251119T090400Z.txt.part"), "cut off");
    Files.writeString(folder.resolve("notes.txt"), "not ours");
    try (FlowLog log = log(20)) {
      log(log);
    }
    assertThat(files()).containsExactly(SECOND, "notes.txt");
  }

  @Test
  void aFullDiskIsCountedAndTheNextPeriodIsTriedAgain() throws IOException {
    format.broken = true;
    FlowLog log = log(0);
    try (log) {
      log(log);
    }
    assertThat(log.counters())
        .containsEntry("flowlog.failed", 3L)
        .containsEntry("flowlog.written", 0L)
        .containsEntry("flowlog.files", 0L);
    assertThat(files()).isEmpty();
    format.broken = false;
    FlowLog next = log(0);
    try (next) {
      log(next);
    }
    assertThat(next.counters()).containsEntry("flowlog.written", 3L);
  }

  @Test
  void onlyThePeriodThatFailedIsLost() throws IOException {
    format.brokenOnce = true;
    FlowLog log = log(0);
    try (log) {
      log(log);
    }
    assertThat(log.counters())
        .containsEntry("flowlog.failed", 1L)
        .containsEntry("flowlog.written", 2L);
    assertThat(files()).containsExactly(SECOND);
  }

  @Test
  void liveNothingWaitsForASlowDisk() {
    FlowLog log = new FlowLog(settings(0), FlowSettings.DEFAULT, false);
    try (log) {
      for (int i = 0; i < 50; i++) {
        log(log); // two periods each, so two batches, of which there are 32
      }
      assertThat((Long) log.counters().get("flowlog.left_out")).isPositive();
      format.mayWrite.countDown();
    }
    Map<String, Object> counters = log.counters();
    assertThat((Long) counters.get("flowlog.left_out") + (Long) counters.get("flowlog.written"))
        .isEqualTo(150);
  }

  @Test
  void settingsThatDoNotFitAreNamed() {
    Map<String, String> set = new HashMap<>(Map.of("caracal.flowlog.path", folder.toString()));
    Settings settings = new Settings(set::get);
    assertThatThrownBy(() -> LogSettings.of(settings, List.of(format), List.of()))
        .hasMessage("the setting flowlog.format names 'parquet', but installed are [lines]");
    set.put("caracal.flowlog.format", "lines");
    set.put("caracal.flowlog.views", "cic");
    assertThatThrownBy(() -> LogSettings.of(settings, List.of(format), List.of()))
        .hasMessage("the setting flowlog.views names 'cic', but installed are []");
    set.remove("caracal.flowlog.path");
    assertThat(LogSettings.of(settings, List.of(), List.of())).isEmpty();
  }
}
