package io.caracal.alert.http.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * One event as it is sent.
 *
 * @param id the same whenever the event is sent
 * @param timeNanos when it happened
 * @param line the event in its format, without line break
 * @param bytes its length in UTF-8
 */
record Item(String id, long timeNanos, String line, int bytes) {
  static Item of(SensorEvent event, EventFormat format) {
    byte[] line = format.write(event);
    String id =
        event instanceof AlertEvent alert
            ? alert.eventId()
            : UUID.nameUUIDFromBytes(line).toString();
    return new Item(id, event.timeNanos(), new String(line, StandardCharsets.UTF_8), line.length);
  }
}
