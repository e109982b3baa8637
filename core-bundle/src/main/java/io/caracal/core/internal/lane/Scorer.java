package io.caracal.core.internal.lane;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.ensemble.EnsemblePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores batches with every detector and judges them by the ensemble; reuses its buffers, so one
 * per lane.
 */
public final class Scorer {
  private static final Logger LOG = LoggerFactory.getLogger(Scorer.class);

  private final DetectorPool detectors;
  private final EnsemblePool ensembles;
  private final Budget budget;
  private final int capacity;
  private final Judgements judgements;
  private final List<Scores> rooms = new ArrayList<>();
  private long ensembleFailures;

  /** A scorer for batches of at most {@code capacity} rows. */
  public Scorer(DetectorPool detectors, EnsemblePool ensembles, Budget budget, int capacity) {
    this.detectors = detectors;
    this.ensembles = ensembles;
    this.budget = budget;
    this.capacity = capacity;
    this.judgements = new Judgements(capacity);
  }

  /** Scores and judges; the result is valid until the next call. */
  public ScoredBatch score(FlowBatch batch) {
    List<Vote> votes = detectors.score(batch, this::room);
    judgements.reset(batch.size());
    Optional<Ensemble> ensemble = ensembles.current();
    if (ensemble.isEmpty()) {
      return new ScoredBatch(batch, votes, judgements, Double.POSITIVE_INFINITY);
    }
    try {
      ensemble.get().judge(batch, votes, judgements);
    } catch (Exception e) {
      judgements.reset(batch.size());
      if (ensembleFailures++ == 0) {
        LOG.error(
            "ensemble {} failed and its batches stay unjudged: {}",
            ensemble.get().description().id(),
            e.toString());
      }
    }
    return new ScoredBatch(batch, votes, judgements, budget.threshold(ensemble.get()));
  }

  /** Batches that the ensemble threw on. */
  public long ensembleFailures() {
    return ensembleFailures;
  }

  private Scores room(int index) {
    while (rooms.size() <= index) {
      rooms.add(new Scores(capacity));
    }
    return rooms.get(index);
  }
}
