package io.caracal.core.internal.lane;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * A batch with everything that was said of it; valid only while the listener runs.
 *
 * @param threshold probability from which a flow is a detection
 * @param hostThreshold evidence from which a host is one
 * @param ensemble which judged it; empty if nothing did
 * @param evidence what its lane kept of the packets
 */
public record ScoredBatch(
    FlowBatch batch,
    List<Vote> votes,
    Judgements judgements,
    double threshold,
    double hostThreshold,
    Optional<Ensemble> ensemble,
    Evidence evidence) {

  /** Takes scored rows in the order of time, on the thread of any lane, one at a time. */
  @FunctionalInterface
  public interface Listener {
    /** Takes one row of a batch. */
    void onRow(ScoredBatch scored, int row);
  }

  /** A batch of which nothing was said. */
  static ScoredBatch blank(FlowBatch batch, Judgements judgements, Evidence evidence) {
    return new ScoredBatch(
        batch,
        List.of(),
        judgements,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Optional.empty(),
        evidence);
  }

  /** The same of which something was said. */
  ScoredBatch with(List<Vote> said, double from, double hostFrom, Optional<Ensemble> judge) {
    return new ScoredBatch(batch, said, judgements, from, hostFrom, judge, evidence);
  }

  /** Whether a row is judged an attack. */
  public boolean detected(int row) {
    return judgements.judged(row) && judgements.probability(row) >= threshold;
  }
}
