package io.caracal.alert.formats.internal;

import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.EventType;
import io.caracal.api.alert.SensorEvent;

/** The refusal of an event that a format has no words for. */
final class Uncovered {
  private Uncovered() {}

  static IllegalArgumentException by(EventFormat format, SensorEvent event) {
    return new IllegalArgumentException(
        "the format "
            + format.name()
            + " has no words for events of type "
            + EventType.of(event).key());
  }
}
