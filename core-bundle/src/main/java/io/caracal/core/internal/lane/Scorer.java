package io.caracal.core.internal.lane;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.ensemble.EnsemblePool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores batches with every detector and judges them by the ensemble. Thread-safe. */
final class Scorer {
  private static final Logger LOG = LoggerFactory.getLogger(Scorer.class);

  private final DetectorPool detectors;
  private final EnsemblePool ensembles;
  private final Budget budget;
  private final LongAdder batches = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder ensembleFailures = new LongAdder();

  Scorer(DetectorPool detectors, EnsemblePool ensembles, Budget budget) {
    this.detectors = detectors;
    this.ensembles = ensembles;
    this.budget = budget;
  }

  /** Scores and judges a batch; what is said of it stands in its room. */
  ScoredBatch score(ScoredBatch blank, ScoreRoom room) {
    FlowBatch batch = blank.batch();
    List<Vote> votes = detectors.score(batch, room::scores);
    room.judgements().reset(batch.size());
    batches.increment();
    rows.add(batch.size());
    Optional<Ensemble> ensemble = ensembles.current();
    if (ensemble.isEmpty()) {
      return blank.with(votes, Double.POSITIVE_INFINITY);
    }
    try {
      ensemble.get().judge(batch, votes, room.judgements());
    } catch (Exception e) {
      room.judgements().reset(batch.size());
      ensembleFailures.increment();
      if (ensembleFailures.sum() == 1) {
        LOG.error(
            "ensemble {} failed and its batches stay unjudged: {}",
            ensemble.get().description().id(),
            e.toString());
      }
    }
    return blank.with(votes, budget.threshold(ensemble.get()));
  }

  /** Counts rows that stay unjudged because scoring fell behind. */
  void skipped(int count) {
    skipped.add(count);
  }

  /** Counters under {@code scoring.}. */
  Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("scoring.batches", batches.sum());
    counters.put("scoring.rows", rows.sum());
    counters.put("scoring.skipped", skipped.sum());
    counters.put("scoring.ensemble_failures", ensembleFailures.sum());
    return counters;
  }
}
