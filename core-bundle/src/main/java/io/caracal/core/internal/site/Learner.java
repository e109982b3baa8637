package io.caracal.core.internal.site;

import io.caracal.api.detect.HostEvidence;
import io.caracal.api.detect.JudgedFlow;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.core.internal.lane.ScoredBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches judged flows go by and remembers a bounded sample of them. What the ensemble finds
 * somewhat suspicious is sampled apart, so that the rare is there when a threshold is to be set.
 */
public final class Learner implements ScoredBatch.Listener {
  private static final int ORDINARY = 100_000;
  private static final int NOTABLE = 20_000;
  private static final int COLUMN_ROWS = 8_192;
  private static final int HOSTS = 100_000;
  private static final Duration QUIET = Duration.ofMinutes(5);

  /** From this probability on a record may matter for a threshold. */
  private static final double WORTH_NOTING = 0.1;

  private final TimeSpreadSample<Observation> ordinary = new TimeSpreadSample<>(ORDINARY);
  private final TimeSpreadSample<Observation> notable = new TimeSpreadSample<>(NOTABLE);
  private final TimeSpreadSample<ColumnRow> columns = new TimeSpreadSample<>(COLUMN_ROWS);
  private final Detectors detectors = new Detectors();
  private final Traffic traffic = new Traffic();
  private final Suspects suspects;
  private final HostEvidence hosts = new HostEvidence(HOSTS, QUIET.toNanos());
  private final AtomicLong flows = new AtomicLong();
  private FlatViews views = new FlatViews(List.of());

  /**
   * Begins to learn.
   *
   * @param vouched addresses of hosts that are known to be benign
   * @param attested whether all traffic is
   */
  public Learner(Set<String> vouched, boolean attested) {
    suspects = new Suspects(vouched, attested);
  }

  @Override
  public void onRow(ScoredBatch scored, int row) {
    FlowBatch batch = scored.batch();
    if (batch.reason(row) != EndReason.CHECKPOINT) {
      traffic.add(batch, row);
      flows.incrementAndGet();
    }
    if (!scored.judgements().judged(row)) {
      return;
    }
    long nanos = batch.flow(row).writtenNanos();
    String source = batch.identity(row).source();
    String peer = batch.identity(row).destination();
    if (suspicious(scored, row)) {
      suspects.detected(source, peer, scored.judgements().attackClass(row).name(), nanos);
    }
    long priority = priority(batch.identity(row), batch.startNanos(row));
    boolean worth = scored.judgements().probability(row) >= WORTH_NOTING;
    (worth ? notable : ordinary).add(observation(scored, row, priority, source, peer));
    views = views.of(batch);
    columns.add(new ColumnRow(nanos, priority, source, peer, views.row(batch, row)));
  }

  /** Whether a flow is a detection, by itself or as evidence against a host. */
  private boolean suspicious(ScoredBatch scored, int row) {
    FlowBatch batch = scored.batch();
    boolean host =
        Double.isFinite(scored.hostThreshold())
            && !hosts
                .add(
                    new JudgedFlow(
                        batch.flowId(row),
                        batch.identity(row),
                        batch.lastNanos(row),
                        scored.judgements().tail(row),
                        scored.judgements().attackClass(row),
                        batch.reason(row) != EndReason.CHECKPOINT),
                    scored.hostThreshold())
                .isEmpty();
    return host || scored.detected(row);
  }

  private Observation observation(
      ScoredBatch scored, int row, long priority, String source, String peer) {
    List<Vote> votes = scored.votes();
    votes.forEach(vote -> detectors.column(vote.detector()));
    float[] scores = new float[detectors.size()];
    byte[] classes = new byte[scores.length];
    Arrays.fill(scores, Float.NaN);
    Arrays.fill(classes, (byte) -1);
    for (Vote vote : votes) {
      if (!vote.scores().abstained(row)) {
        int column = detectors.column(vote.detector());
        scores[column] = vote.scores().score(row);
        classes[column] = (byte) vote.scores().attackClass(row);
      }
    }
    long nanos = scored.batch().flow(row).writtenNanos();
    return new Observation(nanos, priority, source, peer, scores, classes);
  }

  /** Finalizer of MurmurHash3 (Appleby), over the ends and the start of a flow. */
  public static long priority(FlowIdentity who, long startNanos) {
    long hash = startNanos;
    for (long part :
        new long[] {
          who.sourceHigh(),
          who.sourceLow(),
          who.destinationHigh(),
          who.destinationLow(),
          (long) who.sourcePort() << 32 | (long) who.destinationPort() << 8 | who.protocol()
        }) {
      hash = (hash ^ part) * 0xff51afd7ed558ccdL;
      hash ^= hash >>> 33;
    }
    hash *= 0xc4ceb9fe1a85ec53L;
    return (hash ^ (hash >>> 33)) >>> 1;
  }

  /** Flows that have ended so far; may be asked by any thread. */
  public long flows() {
    return flows.get();
  }

  /** What was learnt; the lanes have ended. */
  public Lesson lesson() {
    List<Lesson.Weighted> learnt = new ArrayList<>();
    List<Lesson.Weighted> leftOut = new ArrayList<>();
    for (TimeSpreadSample<Observation> sample : List.of(ordinary, notable)) {
      for (TimeSpreadSample.Kept<Observation> kept : sample.kept()) {
        Observation item = kept.item();
        boolean suspect = suspects.covers(item.source(), item.peer(), item.nanos());
        (suspect ? leftOut : learnt).add(new Lesson.Weighted(item, kept.represents()));
      }
    }
    return new Lesson(
        detectors,
        traffic,
        suspects,
        learnt,
        leftOut,
        views,
        columns.kept().stream()
            .map(TimeSpreadSample.Kept::item)
            .filter(row -> !suspects.covers(row.source(), row.peer(), row.nanos()))
            .toList());
  }
}
