package io.caracal.feature.internal.host;

import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.SHARE;

import io.caracal.feature.internal.context.Hash;
import io.caracal.feature.internal.context.Outcome;
import io.caracal.feature.internal.view.Row;

/**
 * The time window of the KDD features: what started and what ended in the last two seconds.
 *
 * @see <a href="https://doi.org/10.1145/382912.382914">Lee, Stolfo 2000</a>
 */
final class TwoSeconds {
  private static final long WINDOW_NANOS = 2_000_000_000L;
  private static final long ENDED = 1, UNANSWERED = 2, REJECTED = 3;

  private final SlidingCounts starts = new SlidingCounts(WINDOW_NANOS);
  private final SlidingCounts ends = new SlidingCounts(WINDOW_NANOS);

  void start(long destination, long service, long now) {
    starts.advance(now);
    starts.add(destination, now);
    starts.add(service, now);
    starts.add(Hash.of(destination, service), now);
  }

  void end(long destination, long service, Outcome outcome, long now) {
    ends.advance(now);
    end(destination, outcome, now);
    end(service, outcome, now);
  }

  private void end(long key, Outcome outcome, long now) {
    ends.add(Hash.of(key, ENDED), now);
    if (outcome != Outcome.ANSWERED) {
      ends.add(Hash.of(key, outcome == Outcome.REJECTED ? REJECTED : UNANSWERED), now);
    }
  }

  void columns(long destination, long service, long now, Row row) {
    starts.advance(now);
    ends.advance(now);
    int toDestination = starts.count(destination);
    int toService = starts.count(service);
    int toBoth = starts.count(Hash.of(destination, service));
    row.put(
        "kdd.dst_starts",
        COUNT,
        "Flows to the destination that started in the last 2 s.",
        toDestination);
    row.put(
        "kdd.service_starts",
        COUNT,
        "Flows to the service, on any host, that started in the last 2 s.",
        toService);
    row.put(
        "kdd.same_service_rate",
        SHARE,
        "Of the flows to the destination that started in the last 2 s, the share to this "
            + "service.",
        share(toBoth, toDestination));
    row.put(
        "kdd.different_host_rate",
        SHARE,
        "Of the flows to the service, on any host, that started in the last 2 s, the share "
            + "to other hosts.",
        toService == 0 ? 0 : 1 - share(toBoth, toService));
    row.put(
        "kdd.dst_unanswered_rate",
        SHARE,
        "Of the flows to the destination that ended in the last 2 s, the share that nobody answered"
            + " (S0, SH, RSTOS0).",
        share(ends, destination, UNANSWERED));
    row.put(
        "kdd.dst_rejected_rate",
        SHARE,
        "Of the flows to the destination that ended in the last 2 s, the share that was "
            + "rejected (REJ).",
        share(ends, destination, REJECTED));
    row.put(
        "kdd.service_unanswered_rate",
        SHARE,
        "Of the flows to the service that ended in the last 2 s, the share that nobody answered.",
        share(ends, service, UNANSWERED));
    row.put(
        "kdd.service_rejected_rate",
        SHARE,
        "Of the flows to the service that ended in the last 2 s, the share that was rejected.",
        share(ends, service, REJECTED));
  }

  private static double share(SlidingCounts counts, long key, long kind) {
    return share(counts.count(Hash.of(key, kind)), counts.count(Hash.of(key, ENDED)));
  }

  /** Counters are shared now and then, so a part may exceed the whole. */
  private static double share(int part, int whole) {
    return whole == 0 ? 0 : Math.min(1, (double) part / whole);
  }
}
