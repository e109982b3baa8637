package io.caracal.core.internal.lane;

import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import java.util.List;

/**
 * A batch with everything that was said of it; valid only while the listener runs.
 *
 * @param threshold probability from which a flow is a detection
 */
public record ScoredBatch(
    FlowBatch batch, List<Vote> votes, Judgements judgements, double threshold) {
  /** Takes scored batches on the lane's thread. */
  @FunctionalInterface
  public interface Listener {
    /** Takes one batch. */
    void onScored(ScoredBatch scored);
  }

  /** Whether a row is judged an attack. */
  public boolean detected(int row) {
    return judgements.judged(row) && judgements.probability(row) >= threshold;
  }
}
