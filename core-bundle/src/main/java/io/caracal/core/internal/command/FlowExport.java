package io.caracal.core.internal.command;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.View;
import io.caracal.core.internal.lane.LaneOutput;
import io.caracal.core.internal.lane.ScoredBatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Flow records on their way from the lanes into an output, a batch at a time. When the output fails
 * it asks for a stop and takes no more.
 */
final class FlowExport implements LaneOutput {
  private static final int ROWS = 256;
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final FlowOutput output;
  private final FlowBatch batch;
  private final boolean checkpoints;
  private final boolean live;
  private final Stop stop;
  private long flushDueNanos = Long.MIN_VALUE;
  private final AtomicLong records = new AtomicLong();
  private volatile Optional<IOException> failure = Optional.empty();

  /**
   * An export.
   *
   * @param live whether somebody may look at the output meanwhile, so that nothing waits for long
   */
  FlowExport(FlowOutput output, List<View> views, boolean checkpoints, boolean live, Stop stop) {
    this.output = output;
    this.batch = new FlowBatch(ROWS, views);
    this.checkpoints = checkpoints;
    this.live = live;
    this.stop = stop;
  }

  @Override
  public void onRow(ScoredBatch scored, int row) {
    if (failure.isPresent()
        || (!checkpoints && scored.batch().reason(row) == EndReason.CHECKPOINT)) {
      return;
    }
    batch.addFrom(scored.batch(), row);
    records.incrementAndGet();
    if (batch.full()) {
      write(false);
    }
  }

  @Override
  public void onTime(long nanos) {
    if (live && nanos >= flushDueNanos && failure.isEmpty()) {
      flushDueNanos = nanos + FLUSH_NANOS;
      write(true);
    }
  }

  @Override
  public void onEnd(long nanos) {
    if (failure.isEmpty()) {
      write(false);
    }
  }

  private void write(boolean flush) {
    try {
      output.write(batch);
      batch.clear();
      if (flush) {
        output.flush();
      }
    } catch (IOException e) {
      failure = Optional.of(e);
      stop.ask();
    }
  }

  /** Records so far. */
  long records() {
    return records.get();
  }

  /** Why the output took no more. */
  Optional<IOException> failure() {
    return failure;
  }
}
