package io.caracal.core.internal.shadow;

import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.Judgements;
import io.caracal.api.detect.Scores;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.plugin.ShadowReport;
import io.caracal.core.internal.detect.Cascade;
import io.caracal.core.internal.detect.DetectorPool;
import io.caracal.core.internal.detect.Lease;
import io.caracal.core.internal.detect.Panel;
import io.caracal.core.internal.ensemble.GuardedEnsemble;
import io.caracal.core.internal.guard.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A detector on trial. It is asked about the rows that the version in use was asked about; where
 * none was asked, about those that a new detector would be asked about. Its vote takes the place of
 * the other's, and the ensemble judges once more.
 */
final class DetectorTrial extends Shadow {
  private final DetectorPool pool;
  private final Cascade cascade;
  private final Lease lease;
  private final DetectorDescription tried;
  private final Optional<Lease> used;
  private final String from;
  private final long[] since;
  private final long[] usedSince;

  DetectorTrial(DetectorPool pool, Cascade cascade, Limits limits, Lease lease) {
    super(pool, limits);
    this.pool = pool;
    this.cascade = cascade;
    this.lease = lease;
    this.tried = lease.detector().description();
    this.used = pool.current(tried.id());
    this.from = used.map(one -> one.detector().description().version()).orElse("");
    this.since = lease.latency().snapshot();
    this.usedSince = used.map(one -> one.latency().snapshot()).orElse(new long[0]);
  }

  @Override
  public List<String> views() {
    return tried.views();
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
    int place = place(votes);
    if (!lease.carries(batch) || (place < votes.size() && changed(votes.get(place)))) {
      return;
    }
    if (!lease.enter()) {
      end("it was removed");
      return;
    }
    try {
      room.fit(batch);
      Optional<Scores> old =
          place < votes.size() ? Optional.of(votes.get(place).scores()) : Optional.empty();
      IntPredicate wanted =
          old.<IntPredicate>map(scores -> row -> !scores.withheld(row))
              .orElseGet(
                  () -> cascade.rowsFor(lease.detector(), panel, batch, judgements, threshold));
      if (ask(batch, room, wanted)) {
        scores(old.map(scores -> votes.get(place)), room.scores(), round);
      }
      if (panel.ensemble().isPresent()) {
        List<Vote> others = new ArrayList<>(votes);
        others.subList(place, Math.min(place + 1, votes.size())).clear();
        others.add(place, new Vote(tried, room.scores()));
        GuardedEnsemble ensemble = panel.ensemble().get();
        ensemble.unguarded().judge(batch, others, room.judgements());
        round.detections(judgements, threshold, room.judgements(), threshold);
      }
    } finally {
      lease.exit();
    }
  }

  /** Where the vote of the version in use stands; behind the last if it was not asked. */
  private int place(List<Vote> votes) {
    int place = 0;
    while (place < votes.size() && !votes.get(place).detector().id().equals(tried.id())) {
      place++;
    }
    return place;
  }

  /**
   * Another version has come into use meanwhile; batches on their way may still be the old one's.
   */
  private boolean changed(Vote old) {
    Optional<Lease> now = pool.current(tried.id());
    if (!now.equals(used)) {
      String version = now.map(one -> one.detector().description().version()).orElse("none");
      end("the version in use changed to " + version + "; try it again");
    }
    return !old.detector().version().equals(from);
  }

  private boolean ask(FlowBatch batch, Room room, IntPredicate wanted) throws Exception {
    lease.withhold(batch, room.scores());
    long start = System.nanoTime();
    boolean asked = room.selection().ask(batch, tried.views(), room.scores(), wanted, lease::score);
    if (asked) {
      succeeded(System.nanoTime() - start, batch.size());
    }
    return asked;
  }

  private void scores(Optional<Vote> old, Scores said, Round round) {
    for (int row = 0; row < said.size(); row++) {
      if (said.abstained(row)) {
        continue;
      }
      if (old.isEmpty()) {
        round.alone();
      } else if (!old.get().scores().abstained(row)) {
        float before = old.get().scores().score(row);
        float now = said.score(row);
        round.both(
            before, before >= old.get().detector().threshold(), now, now >= tried.threshold());
      }
    }
  }

  @Override
  ShadowReport report(Round sum, double agreement, double meanShift, Outcome outcome) {
    return new ShadowReport(
        tried.id(),
        from,
        tried.version(),
        sum.rows,
        agreement,
        meanShift,
        sum.largestShift,
        used.map(one -> one.latency().percentile99(usedSince)).orElse(Duration.ZERO),
        lease.latency().percentile99(since),
        sum.detectionsFrom,
        sum.detectionsTo,
        outcome.failures(),
        outcome.end());
  }
}
