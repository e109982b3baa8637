package io.caracal.core.internal.lane;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.View;
import java.time.Duration;
import java.util.List;

/**
 * Collects flow records into a batch and scores it when it is full or when its oldest record has
 * waited for the deadline, in packet time.
 */
public final class Batcher implements FlowListener {
  private final FlowBatch batch;
  private final Scorer scorer;
  private final ScoredBatch.Listener listener;
  private final long deadlineNanos;
  private long dueNanos = Long.MAX_VALUE;
  private long batches;
  private long rows;

  /** A batcher for one lane. */
  public Batcher(
      int capacity,
      List<View> views,
      Duration deadline,
      Scorer scorer,
      ScoredBatch.Listener listener) {
    this.batch = new FlowBatch(capacity, views);
    this.scorer = scorer;
    this.listener = listener;
    this.deadlineNanos = deadline.toNanos();
  }

  @Override
  public void onFlow(FlowRecord record) {
    batch.add(record);
    if (batch.full()) {
      score();
    }
  }

  /** Scores what has waited long enough. */
  public void advance(long nowNanos) {
    if (batch.size() == 0) {
      return;
    }
    if (dueNanos == Long.MAX_VALUE) {
      dueNanos = nowNanos + deadlineNanos;
    } else if (nowNanos >= dueNanos) {
      score();
    }
  }

  /** Scores what is there. */
  public void flush() {
    if (batch.size() > 0) {
      score();
    }
  }

  /** Batches scored so far. */
  public long batches() {
    return batches;
  }

  /** Rows scored so far: ends of flows and checkpoints. */
  public long rows() {
    return rows;
  }

  private void score() {
    listener.onScored(scorer.score(batch));
    batches++;
    rows += batch.size();
    batch.clear();
    dueNanos = Long.MAX_VALUE;
  }
}
