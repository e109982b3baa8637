package io.caracal.feature.internal.history;

import static io.caracal.feature.internal.history.Actors.*;
import static io.caracal.feature.internal.history.Subjects.*;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.SHARE;

import io.caracal.feature.internal.view.Row;

/** How many a source turns to, over minutes to hours, and how often in vain. */
final class Reach {
  private final Actors actors;

  Reach(Actors actors) {
    this.actors = actors;
  }

  void columns(Row row) {
    Subjects source = actors.source;
    row.put(
        "reach.peers_600s",
        COUNT,
        "Destinations of the source, each fading over 600 s since its last start.",
        count(source, PEERS, TEN_MINUTES));
    row.put(
        "reach.peers_1h",
        COUNT,
        "Destinations of the source, each fading over 1 h since its last start.",
        count(source, PEERS, HOUR));
    row.put(
        "reach.peers_6h",
        COUNT,
        "Destinations of the source, each fading over 6 h since its last start.",
        count(source, PEERS, SIX_HOURS));
    row.put(
        "reach.contacts_600s",
        COUNT,
        "Services of destinations that the source turned to, each fading over 600 s since "
            + "its last start.",
        count(source, CONTACTS, TEN_MINUTES));
    row.put(
        "reach.contacts_1h",
        COUNT,
        "Services of destinations that the source turned to, each fading over 1 h since its"
            + " last start.",
        count(source, CONTACTS, HOUR));
    row.put(
        "reach.contacts_6h",
        COUNT,
        "Services of destinations that the source turned to, each fading over 6 h since its"
            + " last start.",
        count(source, CONTACTS, SIX_HOURS));
    row.put(
        "reach.failed_600s",
        COUNT,
        "Services of destinations that did not answer the source or rejected it, each "
            + "fading over 600 s since it did.",
        count(source, FAILED_CONTACTS, TEN_MINUTES));
    row.put(
        "reach.failed_1h",
        COUNT,
        "Services of destinations that did not answer the source or rejected it, each "
            + "fading over 1 h since it did.",
        count(source, FAILED_CONTACTS, HOUR));
    row.put(
        "reach.failed_6h",
        COUNT,
        "Services of destinations that did not answer the source or rejected it, each "
            + "fading over 6 h since it did.",
        count(source, FAILED_CONTACTS, SIX_HOURS));
    row.put(
        "reach.variety_1h",
        SHARE,
        "reach.contacts_1h / starts of the source, both fading over 1 h.",
        Novelty.share(source.sum(CONTACTS, HOUR), source.sum(STARTS, HOUR)));
    pair(row);
    row.put(
        "reach.clients_1h",
        COUNT,
        "Sources that turned to the destination, each fading over 1 h since its last start.",
        count(actors.destination, CLIENTS, HOUR));
  }

  private void pair(Row row) {
    Subjects source = actors.source;
    Subjects pair = actors.pair;
    row.put(
        "pair.services_1h",
        COUNT,
        "Services of the destination that the source turned to, each fading over 1 h since its last"
            + " start.",
        count(pair, PAIR_SERVICES, HOUR));
    row.put(
        "pair.services_6h",
        COUNT,
        "Services of the destination that the source turned to, each fading over 6 h since "
            + "its last start.",
        count(pair, PAIR_SERVICES, SIX_HOURS));
    row.put(
        "pair.failed_rate_1h",
        SHARE,
        "Of the ended flows from the source to the destination, the share that was unanswered or"
            + " rejected, fading over 1 h.",
        Novelty.share(pair.sum(PAIR_FAILED, HOUR), pair.sum(PAIR_ENDS, HOUR)));
    row.put(
        "reach.failed_rate_1h",
        SHARE,
        "Of the ended flows of the source, the share that was unanswered or rejected, "
            + "fading over 1 h.",
        Novelty.share(source.sum(FAILED, HOUR), source.sum(ENDS, HOUR)));
    row.put(
        "reach.failed_rate_6h",
        SHARE,
        "Of the ended flows of the source, the share that was unanswered or rejected, "
            + "fading over 6 h.",
        Novelty.share(source.sum(FAILED, SIX_HOURS), source.sum(ENDS, SIX_HOURS)));
  }

  private static double count(Subjects of, int kind, int scale) {
    return Math.max(0, of.sum(kind, scale));
  }
}
