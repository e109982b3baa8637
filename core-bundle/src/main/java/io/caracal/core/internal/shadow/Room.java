package io.caracal.core.internal.shadow;

import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.detect.Selection;

/** Room for what a version on trial says of a batch; reused. Used by one thread at a time. */
final class Room {
  private final Selection selection = new Selection();
  private int capacity;
  private Scores scores = new Scores(0);
  private Judgements judgements = new Judgements(0);

  /** Makes room for a batch. */
  void fit(FlowBatch batch) {
    if (capacity < batch.capacity()) {
      capacity = batch.capacity();
      scores = new Scores(capacity);
      judgements = new Judgements(capacity);
    }
    judgements.reset(batch.size());
  }

  Selection selection() {
    return selection;
  }

  Scores scores() {
    return scores;
  }

  Judgements judgements() {
    return judgements;
  }
}
