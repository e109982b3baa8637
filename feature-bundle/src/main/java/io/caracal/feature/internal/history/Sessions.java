package io.caracal.feature.internal.history;

import static io.caracal.feature.internal.history.Actors.*;
import static io.caracal.feature.internal.history.Subjects.*;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.DEVIATIONS;
import static io.caracal.feature.internal.view.Quantity.RATIO;
import static io.caracal.feature.internal.view.Quantity.SHARE;

import io.caracal.api.flow.FlowSummary;
import io.caracal.feature.internal.view.Row;

/**
 * How alike the sessions of a contact are, as attempts at a password or the calls of a beacon are,
 * and how unlike those that others have with the server.
 */
final class Sessions {
  private static final int OUT = 0, IN = 1, KINDS = 2;
  private static final int MEMORY = 32;
  private static final int ENOUGH = 4;

  private final Actors actors;
  private final Typical own = new Typical(KINDS, MEMORY, 0.25f);
  private final Typical usual = new Typical(KINDS, MEMORY, 0.5f);
  private float out;
  private float in;

  Sessions(Actors actors) {
    this.actors = actors;
  }

  /** After the actors have turned. */
  void turn() {
    if (actors.contact.fresh()) {
      own.clear(actors.contactSlot);
    }
    if (actors.server.fresh()) {
      usual.clear(actors.serverSlot);
    }
  }

  /** A record of a flow, to be compared with what went before. */
  void record(FlowSummary flow) {
    float sent = size(flow.forward());
    float received = size(flow.backward());
    out = usual.distance(actors.serverSlot, OUT, sent, ENOUGH);
    in = usual.distance(actors.serverSlot, IN, received, ENOUGH);
  }

  /** The flow has ended: its size counts from now on. */
  void end(FlowSummary flow) {
    float sent = size(flow.forward());
    float received = size(flow.backward());
    own.add(actors.contactSlot, OUT, sent);
    own.add(actors.contactSlot, IN, received);
    usual.add(actors.serverSlot, OUT, sent);
    usual.add(actors.serverSlot, IN, received);
  }

  private static float size(FlowSummary.Volume volume) {
    return (float) bits(1.0 + volume.payloadBytes());
  }

  void columns(Row row) {
    Subjects contact = actors.contact;
    row.put(
        "sessions.ended_600s",
        COUNT,
        "Ended flows from the source to this service of the destination, fading over 600 s.",
        (double) contact.sum(CONTACT_ENDS, TEN_MINUTES));
    row.put(
        "sessions.ended_6h",
        COUNT,
        "Ended flows from the source to this service of the destination, fading over 6 h.",
        (double) contact.sum(CONTACT_ENDS, SIX_HOURS));
    row.put(
        "sessions.failed_rate_1h",
        SHARE,
        "Of the ended flows from the source to this service of the destination, the share "
            + "that was unanswered or rejected, fading over 1 h.",
        Novelty.share(contact.sum(CONTACT_FAILED, HOUR), contact.sum(CONTACT_ENDS, HOUR)));
    row.put(
        "sessions.out_spread",
        RATIO,
        "Mean absolute deviation of log2(1 + payload bytes sent) over the last 32 or so "
            + "flows from the source to this service of the destination; 0 below two.",
        (double) own.deviation(actors.contactSlot, OUT));
    row.put(
        "sessions.in_spread",
        RATIO,
        "Mean absolute deviation of log2(1 + payload bytes received) over the last 32 or so"
            + " flows from the source to this service of the destination; 0 below two.",
        (double) own.deviation(actors.contactSlot, IN));
    row.put(
        "sessions.out_unusual",
        DEVIATIONS,
        "log2(1 + payload bytes sent) of this flow against the last 32 or so flows of all sources"
            + " to this service of the destination: distance from their mean / (mean absolute"
            + " deviation + 0.5); 0 below four flows.",
        (double) out);
    row.put(
        "sessions.in_unusual",
        DEVIATIONS,
        "log2(1 + payload bytes received) of this flow against the last 32 or so flows of "
            + "all sources to this service of the destination: distance from their mean / (mean "
            + "absolute deviation + 0.5); 0 below four flows.",
        (double) in);
  }
}
