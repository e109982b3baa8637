package io.caracal.core.internal.shadow;

import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.plugin.ShadowReport;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Panel;
import io.caracal.core.internal.ensemble.EnsemblePool;
import io.caracal.core.internal.ensemble.GuardedEnsemble;
import io.caracal.core.internal.guard.Latency;
import io.caracal.core.internal.guard.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** An ensemble on trial: it judges by the same votes, each by its own threshold. */
final class EnsembleTrial extends Shadow {
  private final EnsemblePool pool;
  private final Ensemble ensemble;
  private final EnsembleDescription tried;
  private final ToDoubleFunction<Ensemble> thresholds;
  private final Optional<GuardedEnsemble> used;
  private final long[] usedSince;
  private final Latency latency = new Latency();
  private final long[] since = latency.snapshot();

  EnsembleTrial(
      DetectorPool detectors,
      EnsemblePool pool,
      ToDoubleFunction<Ensemble> thresholds,
      Limits limits,
      GuardedEnsemble ensemble) {
    super(detectors, limits);
    this.pool = pool;
    this.thresholds = thresholds;
    this.ensemble = ensemble.unguarded();
    this.tried = ensemble.description();
    this.used = pool.current();
    this.usedSince = used.map(one -> one.latency().snapshot()).orElse(new long[0]);
  }

  /** It reads what the detectors say. */
  @Override
  public List<String> views() {
    return List.of();
  }

  @Override
  void compare(
      Panel panel,
      FlowBatch batch,
      List<Vote> votes,
      Judgements judgements,
      double threshold,
      Room room,
      Round round)
      throws Exception {
    if (!panel.ensemble().equals(used)) {
      if (!pool.current().equals(used)) {
        end("the ensemble in use changed meanwhile; try it again");
      }
      return;
    }
    if (pool.of(tried).isEmpty()) {
      end("it was removed");
      return;
    }
    room.fit(batch);
    long start = System.nanoTime();
    try {
      ensemble.judge(batch, votes, room.judgements());
    } finally {
      latency.add(System.nanoTime() - start);
    }
    double own = thresholds.applyAsDouble(ensemble);
    succeeded(System.nanoTime() - start, batch.size());
    Judgements said = room.judgements();
    for (int row = 0; row < batch.size(); row++) {
      if (said.judged(row) && used.isEmpty()) {
        round.alone();
      } else if (said.judged(row) && judgements.judged(row)) {
        round.both(
            judgements.probability(row),
            Round.detected(judgements, row, threshold),
            said.probability(row),
            Round.detected(said, row, own));
      }
    }
    round.detections(judgements, threshold, said, own);
  }

  @Override
  ShadowReport report(Round sum, double agreement, double meanShift, Outcome outcome) {
    return new ShadowReport(
        tried.id(),
        used.map(one -> one.description().version()).orElse(""),
        tried.version(),
        sum.rows,
        agreement,
        meanShift,
        sum.largestShift,
        used.map(one -> one.latency().percentile99(usedSince)).orElse(Duration.ZERO),
        latency.percentile99(since),
        sum.detectionsFrom,
        sum.detectionsTo,
        outcome.failures(),
        outcome.end());
  }
}
