package io.caracal.benchmarks.plugins;

import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/**
 * Judges nothing and notes when each batch of the lane was scored, by which version, and how long
 * the lane had waited until then for a processor that did something else, by the kernel's
 * schedstat. One lane calls it; it is read once that has ended, but for {@link #latest}.
 */
final class BatchClock implements Ensemble {
  private long[] nanos = new long[1 << 16];
  private long[] preempted = new long[1 << 16];
  private int[] versions = new int[1 << 16];
  private final ByteBuffer line = ByteBuffer.allocate(128);
  private Optional<FileChannel> schedule = Optional.empty();
  private int count;
  private volatile int latest = -1;

  @Override
  public EnsembleDescription description() {
    return new EnsembleDescription("clock", "1.0.0", List.of(DenseModel.ID), List.of());
  }

  @Override
  public void judge(FlowBatch batch, List<Vote> votes, Judgements judgements) {
    for (int row = 0; row < batch.size(); row++) {
      judgements.set(row, 0.01f, 0, AttackClass.ANOMALY);
    }
    int version =
        votes.isEmpty()
            ? -1
            : Version.parseVersion(votes.getFirst().detector().version()).getMicro();
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
      preempted = Arrays.copyOf(preempted, 2 * count);
      versions = Arrays.copyOf(versions, 2 * count);
    }
    nanos[count] = System.nanoTime();
    preempted[count] = preempted();
    versions[count++] = version;
    latest = version;
  }

  /** The second number is the time in the run queue; proc_pid_schedstat(5) of the thread. */
  private long preempted() {
    try {
      if (schedule.isEmpty()) {
        schedule = Optional.of(FileChannel.open(Path.of("/proc/thread-self/schedstat")));
      }
      schedule.get().read(line.clear(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel tells nothing of its scheduling", e);
    }
    int at = 0;
    while (line.get(at++) != ' ') {}
    long waited = 0;
    for (; line.get(at) != ' '; at++) {
      waited = 10 * waited + line.get(at) - '0';
    }
    return waited;
  }

  @Override
  public double threshold(double falseAlertsPerDay, double flowsPerDay) {
    return 0.9;
  }

  /** The version that scored the last batch. */
  int latest() {
    return latest;
  }

  int batches() {
    return count;
  }

  /**
   * The longest time from batch to batch, from the one that a moment falls in to the first that a
   * version scored after it, and at least over two batches.
   *
   * @param own whether without the time that the lane waited for a processor
   */
  double gapMillis(long moment, int version, boolean own) {
    int found = Arrays.binarySearch(nanos, 0, count, moment);
    int first = Math.max(1, found < 0 ? -1 - found : found);
    long longest = 0;
    for (int i = first; i < count; i++) {
      long waited = own ? preempted[i] - preempted[i - 1] : 0;
      longest = Math.max(longest, nanos[i] - nanos[i - 1] - waited);
      if (i > first && versions[i] == version) {
        break;
      }
    }
    return longest / 1e6;
  }
}
