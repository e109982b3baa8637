package io.caracal.feature.internal.host;

import static io.caracal.feature.internal.host.LastHundred.ALL;
import static io.caracal.feature.internal.host.LastHundred.REJECTED;
import static io.caracal.feature.internal.host.LastHundred.UNANSWERED;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.ESTIMATE;
import static io.caracal.feature.internal.view.Quantity.PERCENT_COUNT;
import static io.caracal.feature.internal.view.Quantity.SHARE;

import io.caracal.feature.internal.context.Hash;
import io.caracal.feature.internal.context.Outcome;
import io.caracal.feature.internal.context.Slots;
import io.caracal.feature.internal.view.Row;

/** What came to each destination: recently, and among its last hundred connections. */
final class Destinations {
  private static final int STARTS = 0, KINDS = 1;
  private static final long FIVE_MINUTES = 300_000_000_000L;
  private static final long SOURCE_PORT = 0x6a09_e667_f3bc_c908L;

  private final Slots slots;
  private final Slots peers;
  private final Damped sums = new Damped(KINDS);
  private final Distinct sources = new Distinct();
  private final LastHundred last = new LastHundred();
  private final LastHundred lastOfPeers = new LastHundred();
  private int slot;
  private int ofService;
  private int ofSource;
  private int ofPort;

  Destinations(int most) {
    slots = new Slots(most);
    peers = new Slots(2 * most);
  }

  /** What follows is about this destination. */
  void turnTo(long destination, long now) {
    slot = slots.of(destination);
    if (slots.fresh()) {
      sums.clear(slot, now);
      sources.clear(slot);
      last.clear(slot, 0);
    } else {
      sums.fade(slot, now);
    }
  }

  /** And about what it has to do with this service, this source and the source's port. */
  void turnTo(long destination, long service, long source, int sourcePort) {
    ofService = peer(Hash.of(destination, service));
    ofSource = peer(Hash.of(destination, source));
    ofPort = peer(Hash.of(destination, SOURCE_PORT ^ sourcePort));
  }

  private int peer(long key) {
    int peer = peers.of(key);
    if (peers.fresh()) {
      lastOfPeers.clear(peer, last.ordinal(slot));
    }
    return peer;
  }

  void start(long source, long now) {
    sums.add(slot, STARTS, 1);
    sources.add(slot, source, now / FIVE_MINUTES);
  }

  void end(Outcome outcome) {
    int ordinal = last.ordinal(slot) + 1;
    last.fade(slot, ordinal);
    fadePeers(ordinal);
    count(last, slot, outcome);
    count(lastOfPeers, ofService, outcome);
    count(lastOfPeers, ofSource, outcome);
    count(lastOfPeers, ofPort, outcome);
  }

  private void fadePeers(int ordinal) {
    lastOfPeers.fade(ofService, ordinal);
    lastOfPeers.fade(ofSource, ordinal);
    lastOfPeers.fade(ofPort, ordinal);
  }

  private static void count(LastHundred last, int slot, Outcome outcome) {
    last.add(slot, ALL);
    if (outcome != Outcome.ANSWERED) {
      last.add(slot, outcome == Outcome.REJECTED ? REJECTED : UNANSWERED);
    }
  }

  void columns(long now, Row row) {
    fadePeers(last.ordinal(slot));
    float all = last.sum(slot, ALL);
    float toService = lastOfPeers.sum(ofService, ALL);
    float failed = lastOfPeers.sum(ofService, UNANSWERED) + lastOfPeers.sum(ofService, REJECTED);
    float fromSource = lastOfPeers.sum(ofSource, ALL);
    float fromPort = lastOfPeers.sum(ofPort, ALL);
    row.put(
        "last100.connections",
        PERCENT_COUNT,
        "Ended flows to the destination, each counting 1 % less with every one that followed.",
        all);
    row.put(
        "last100.same_service_rate",
        SHARE,
        "Of the last hundred flows to the destination, the share to this service.",
        share(toService, all));
    row.put(
        "last100.same_source_rate",
        SHARE,
        "Of the last hundred flows to the destination, the share from this source.",
        share(fromSource, all));
    row.put(
        "last100.same_source_port_rate",
        SHARE,
        "Of the last hundred flows to the destination, the share from this port of any "
            + "source.",
        share(fromPort, all));
    row.put(
        "last100.unanswered_rate",
        SHARE,
        "Of the last hundred flows to the destination, the share that it did not answer.",
        share(last.sum(slot, UNANSWERED), all));
    row.put(
        "last100.rejected_rate",
        SHARE,
        "Of the last hundred flows to the destination, the share that it rejected.",
        share(last.sum(slot, REJECTED), all));
    row.put(
        "last100.service_failed_rate",
        SHARE,
        "Of the last hundred flows to the destination, of those to this service the share "
            + "that was unanswered or rejected.",
        share(failed, toService));
    row.put(
        "dst.starts_10s",
        COUNT,
        "Flows to the destination that started, fading over 10 s.",
        sums.sum(slot, STARTS, Damped.TEN_SECONDS));
    row.put(
        "dst.starts_600s",
        COUNT,
        "Flows to the destination that started, fading over 600 s.",
        sums.sum(slot, STARTS, Damped.TEN_MINUTES));
    row.put(
        "dst.sources_600s",
        ESTIMATE,
        "Distinct sources that started flows to the destination, in the last 5 to 10 min.",
        sources.count(slot, now / FIVE_MINUTES));
  }

  /** Both fade by the same factors, but are rounded each by itself. */
  private static double share(float part, float whole) {
    return whole == 0 ? 0 : Math.min(1, part / whole);
  }
}
