package io.caracal.core.internal.lane;

import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import java.util.ArrayList;
import java.util.List;

/** Room for what the detectors and the ensemble say of one batch; reused. */
final class ScoreRoom {
  private final int capacity;
  private final Judgements judgements;
  private final List<Scores> scores = new ArrayList<>();

  /** Room for batches of at most {@code capacity} rows. */
  ScoreRoom(int capacity) {
    this.capacity = capacity;
    this.judgements = new Judgements(capacity);
  }

  /** For one detector's scores; those of different indices are different. */
  Scores scores(int index) {
    while (scores.size() <= index) {
      scores.add(new Scores(capacity));
    }
    return scores.get(index);
  }

  Judgements judgements() {
    return judgements;
  }
}
