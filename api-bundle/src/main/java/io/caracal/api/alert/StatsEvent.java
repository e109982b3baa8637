package io.caracal.api.alert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counters of the sensor.
 *
 * @param timeNanos packet time
 * @param counters dotted names to numbers, texts or lists, in a stable order; counts since the
 *     start
 */
public record StatsEvent(long timeNanos, Map<String, Object> counters) implements SensorEvent {
  /** Copies the map and keeps its order. */
  public StatsEvent {
    counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
  }
}
