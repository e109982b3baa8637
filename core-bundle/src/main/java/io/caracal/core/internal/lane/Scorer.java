package io.caracal.core.internal.lane;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.Panel;
import io.caracal.core.internal.detect.Panels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Has batches scored by the detectors and judged by the ensemble. Thread-safe. */
final class Scorer {
  private final Panels panels;
  private final Cascade cascade;
  private final Budget budget;
  private final LongAdder batches = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder skipped = new LongAdder();

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
            said -> panel.judge(batch, said, room.judgements()));
    panel.show(batch, votes, room.judgements(), threshold);
    batches.increment();
    rows.add(batch.size());
    return blank.with(
        votes,
        threshold,
        panel.ensemble().map(budget::hostThreshold).orElse(Double.POSITIVE_INFINITY),
        panel.ensemble().map(Ensemble.class::cast));
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
    counters.put("scoring.ensemble_failures", panels.ensembleFailures());
    return counters;
  }
}
