package io.caracal.feature.internal.host;

import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.RATIO;
import static io.caracal.feature.internal.view.Quantity.SECONDS;

import io.caracal.feature.internal.context.Hash;
import io.caracal.feature.internal.context.Slots;
import io.caracal.feature.internal.view.Row;

/** How regularly each source starts flows to each service of each destination. */
final class Rhythms {
  private final Slots slots;
  private final Beats beats = new Beats();
  private int slot;

  Rhythms(int most) {
    slots = new Slots(most);
  }

  /** What follows is about this source and this service of this destination. */
  void turnTo(long source, long destination, long service) {
    slot = slots.of(Hash.of(source, Hash.of(destination, service)));
    if (slots.fresh()) {
      beats.clear(slot);
    }
  }

  void start(long now) {
    beats.start(slot, now);
  }

  void columns(Row row) {
    row.put(
        "beat.starts",
        COUNT,
        "Flows that the source started to this service of this destination.",
        (long) beats.count(slot));
    row.put(
        "beat.interval",
        SECONDS,
        "Mean time between the last 32 or so flows from the source to this service of this "
            + "destination; 0 below two.",
        beats.mean(slot));
    row.put(
        "beat.variation",
        RATIO,
        "Standard deviation / mean of the time between the last 32 or so flows from the "
            + "source to this service of this destination; 0 below three.",
        beats.variation(slot));
  }
}
