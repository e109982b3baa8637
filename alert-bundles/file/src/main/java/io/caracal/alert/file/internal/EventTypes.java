package io.caracal.alert.file.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of events by the names that {@code eve.types} gives them. */
final class EventTypes {
  private static final Map<String, Class<? extends SensorEvent>> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("flow", FlowEvent.class);
    NAMES.put("anomaly", AnomalyEvent.class);
    NAMES.put("alert", AlertEvent.class);
    NAMES.put("drift", DriftEvent.class);
    NAMES.put("stats", StatsEvent.class);
  }

  private EventTypes() {}

  /** All types as the setting lists them. */
  static String all() {
    return String.join(",", NAMES.keySet());
  }

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static Set<Class<? extends SensorEvent>> parse(String list) {
    return Stream.of(list.split(",", -1))
        .map(String::strip)
        .map(EventTypes::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Class<? extends SensorEvent> type(String name) {
    return Optional.<Class<? extends SensorEvent>>ofNullable(NAMES.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the setting eve.types names '"
                        + name
                        + "' but must be a comma-separated list of "
                        + all().replace(",", ", ")
                        + "; see docs/events.md"));
  }
}
