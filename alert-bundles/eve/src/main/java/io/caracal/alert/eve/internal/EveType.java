package io.caracal.alert.eve.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AnomalyEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The event types of an EVE file. */
enum EveType {
  FLOW(FlowEvent.class),
  ANOMALY(AnomalyEvent.class),
  ALERT(AlertEvent.class),
  DRIFT(DriftEvent.class),
  STATS(StatsEvent.class);

  final Class<? extends SensorEvent> event;

  EveType(Class<? extends SensorEvent> event) {
    this.event = event;
  }

  /** The value of {@code event_type}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All types as the setting {@code eve.types} lists them. */
  static String all() {
    return Arrays.stream(values()).map(EveType::key).collect(Collectors.joining(","));
  }

  /**
   * Reads the setting {@code eve.types}.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  static Set<EveType> parse(String list) {
    Set<EveType> types = EnumSet.noneOf(EveType.class);
    for (String key : list.split(",", -1)) {
      types.add(
          Arrays.stream(values())
              .filter(type -> type.key().equals(key.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the setting eve.types names '"
                              + key.strip()
                              + "' but must be a comma-separated list of "
                              + all().replace(",", ", ")
                              + "; see docs/events.md")));
    }
    return types;
  }
}
