package io.caracal.core.internal.lane;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.Panel;
import io.caracal.core.internal.detect.Panels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has batches scored by the detectors and judged by the ensemble. Thread-safe. */
final class Scorer {
  private static final Logger LOG = LoggerFactory.getLogger(Scorer.class);

  private final Panels panels;
  private final Cascade cascade;
  private final Budget budget;
  private final LongAdder batches = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder ensembleFailures = new LongAdder();

  Scorer(Panels panels, Cascade cascade, Budget budget) {
    this.panels = panels;
    this.cascade = cascade;
    this.budget = budget;
  }

  /** Scores and judges a batch; what is said of it stands in its room. */
  ScoredBatch score(ScoredBatch blank, ScoreRoom room) {
    FlowBatch batch = blank.batch();
    Panel panel = panels.current();
    double threshold = panel.ensemble().map(budget::threshold).orElse(Double.POSITIVE_INFINITY);
    room.judgements().reset(batch.size());
    List<Vote> votes =
        cascade.score(
            batch,
            panel,
            threshold,
            room::scores,
            room.judgements(),
            said -> panel.ensemble().ifPresent(e -> judge(e, batch, said, room.judgements())));
    batches.increment();
    rows.add(batch.size());
    return blank.with(
        votes,
        panel.ensemble().map(budget::threshold).orElse(Double.POSITIVE_INFINITY),
        panel.ensemble().map(budget::hostThreshold).orElse(Double.POSITIVE_INFINITY),
        panel.ensemble());
  }

  private void judge(Ensemble ensemble, FlowBatch batch, List<Vote> votes, Judgements judgements) {
    judgements.reset(batch.size());
    try {
      ensemble.judge(batch, votes, judgements);
    } catch (Exception e) {
      judgements.reset(batch.size());
      ensembleFailures.increment();
      if (ensembleFailures.sum() == 1) {
        LOG.error(
            "ensemble {} failed and its batches stay unjudged: {}",
            ensemble.description().id(),
            e.toString());
      }
    }
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
