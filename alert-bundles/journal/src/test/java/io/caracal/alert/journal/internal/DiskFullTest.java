package io.caracal.alert.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.AlertJournal.Entry;
import io.caracal.api.alert.AlertJournal.Mode;
import io.caracal.testkit.SampleAlerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal on a disk of 2 MB that somebody else fills up. */
@Timeout(60)
class DiskFullTest {
  private static final int QUEUE = 100;

  @TempDir private Path folder;

  private Path disk;

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    boolean mounted = run("/bin/sh", "-c", "mount -t tmpfs -o size=2m tmpfs '" + disk + "'") == 0;
    assumeTrue(mounted, "a small disk can only be mounted by root, outside most containers");
  }

  @AfterEach
  void unmount() throws Exception {
    run("/bin/sh", "-c", "umount '" + disk + "'");
  }

  @Test
  void alertsWaitUntilThereIsRoomAndWhatDoesNotFitIsCounted() throws Exception {
    JournalSettings settings = new JournalSettings(QUEUE, Duration.ofDays(90), 1_000_000_000);
    try (Journal journal = new Journal(disk, Mode.LIVE, settings)) {
      append(journal, 0, 10);
      await(() -> journal.committed() == 10);
      Path ballast = fill();
      int raised = 10;
      while (!journal.failing()) {
        append(journal, raised, raised + 10);
        raised += 10;
        TimeUnit.MILLISECONDS.sleep(20);
      }
      append(journal, raised, raised + 2 * QUEUE);
      raised += 2 * QUEUE;
      assertThat(journal.counters()).containsEntry("journal.waiting", QUEUE);
      long lost = (Long) journal.counters().get("journal.lost");
      assertThat(lost).isGreaterThanOrEqualTo(QUEUE);

      Files.delete(ballast);
      long kept = raised - lost;
      await(() -> journal.committed() == kept);
      assertThat(journal.failing()).isFalse();
      assertThat(journal.counters()).containsEntry("journal.waiting", 0);
      assertThat((Long) journal.counters().get("journal.failures")).isPositive();
      List<Entry> all = journal.after(0, 10_000);
      assertThat(all).hasSize((int) kept);
      assertThat(all.getFirst().event()).isEqualTo(alert(0));
    }
  }

  private static void append(Journal journal, int from, int to) {
    IntStream.range(from, to).forEach(i -> journal.append(alert(i)));
  }

  private static AlertEvent alert(int number) {
    return SampleAlerts.alert(number, 0, State.CLOSED);
  }

  /** Takes all the room that is left. */
  private Path fill() throws IOException, InterruptedException {
    Path ballast = disk.resolve("ballast");
    run("/bin/sh", "-c", "dd if=/dev/zero of='" + ballast + "' bs=4096");
    return ballast;
  }

  /** What the test waits for. */
  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
