package io.caracal.feature.internal.history;

import static io.caracal.feature.internal.view.Quantity.EXCESS;

import io.caracal.api.flow.FlowSummary;
import io.caracal.feature.internal.view.Row;

/** How much the two hosts of a flow do now against what they used to. */
final class Volumes {
  private static final int STARTS = 0, BYTES_OUT = 1, BYTES_IN = 2, KINDS = 3;

  private final Actors actors;
  private final Levels sources = new Levels(KINDS);
  private final Levels destinations = new Levels(KINDS);

  Volumes(Actors actors) {
    this.actors = actors;
  }

  /** After the actors have turned. */
  void turn(long now) {
    sources.turnTo(actors.sourceSlot, actors.source.fresh(), now);
    destinations.turnTo(actors.destinationSlot, actors.destination.fresh(), now);
  }

  void start() {
    sources.add(STARTS, 1);
    destinations.add(STARTS, 1);
  }

  void end(FlowSummary flow) {
    sources.add(BYTES_OUT, flow.forward().ipBytes());
    sources.add(BYTES_IN, flow.backward().ipBytes());
    destinations.add(BYTES_OUT, flow.backward().ipBytes());
    destinations.add(BYTES_IN, flow.forward().ipBytes());
  }

  void columns(Row row) {
    row.put(
        "level.starts",
        EXCESS,
        "Starts of the source in these 10 s, as log2(1 + n), above its last 64 or so active"
            + " periods: distance from their mean / (mean absolute deviation + 0.5), 0 below it and"
            + " below six periods.",
        (double) sources.excess(STARTS));
    row.put(
        "level.bytes_out",
        EXCESS,
        "IP bytes that the source sent in flows that it started and that ended in these 10 "
            + "s, as log2(1 + n), above the last 64 or so active periods: distance from their "
            + "mean / (mean absolute deviation + 0.5), 0 below it and below six periods.",
        (double) sources.excess(BYTES_OUT));
    row.put(
        "level.bytes_in",
        EXCESS,
        "IP bytes that the source received in flows that it started and that ended in these"
            + " 10 s, as log2(1 + n), above the last 64 or so active periods: distance from their"
            + " mean / (mean absolute deviation + 0.5), 0 below it and below six periods.",
        (double) sources.excess(BYTES_IN));
    row.put(
        "level.asked",
        EXCESS,
        "Starts to the destination in these 10 s, as log2(1 + n), above the last 64 or so "
            + "active periods: distance from their mean / (mean absolute deviation + 0.5), 0 "
            + "below it and below six periods.",
        (double) destinations.excess(STARTS));
    row.put(
        "level.served",
        EXCESS,
        "IP bytes that the destination sent in flows to it that ended in these 10 s, as "
            + "log2(1 + n), above the last 64 or so active periods: distance from their mean / "
            + "(mean absolute deviation + 0.5), 0 below it and below six periods.",
        (double) destinations.excess(BYTES_OUT));
    row.put(
        "level.given",
        EXCESS,
        "IP bytes that the destination received in flows to it that ended in these 10 s, as"
            + " log2(1 + n), above the last 64 or so active periods: distance from their mean / "
            + "(mean absolute deviation + 0.5), 0 below it and below six periods.",
        (double) destinations.excess(BYTES_IN));
  }
}
