package io.caracal.api.alert;

import io.caracal.api.plugin.Settings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of events by the names that settings and receivers know them by. */
public enum EventType {
  /** A flow has ended. */
  FLOW(FlowEvent.class),
  /** A flow was judged an attack. */
  ANOMALY(AnomalyEvent.class),
  /** A state of an alert. */
  ALERT(AlertEvent.class),
  /** Normal traffic has changed. */
  DRIFT(DriftEvent.class),
  /** Counters of the sensor. */
  STATS(StatsEvent.class);

  private final Class<? extends SensorEvent> event;

  EventType(Class<? extends SensorEvent> event) {
    this.event = event;
  }

  /**
   * The name in settings and events.
   *
   * @return for example {@code alert}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The class of its events.
   *
   * @return one of those that {@link SensorEvent} permits
   */
  public Class<? extends SensorEvent> event() {
    return event;
  }

  /**
   * The type of an event.
   *
   * @param event any event
   * @return its type
   */
  public static EventType of(SensorEvent event) {
    return switch (event) {
      case FlowEvent e -> FLOW;
      case AnomalyEvent e -> ANOMALY;
      case AlertEvent e -> ALERT;
      case DriftEvent e -> DRIFT;
      case StatsEvent e -> STATS;
    };
  }

  /**
   * Reads a list of types.
   *
   * @param settings of a sink
   * @param key such as {@code http.types}
   * @param otherwise the default, in the same form
   * @return the types named
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public static Set<EventType> list(Settings settings, String key, String otherwise) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String name : settings.text(key, otherwise).split(",", -1)) {
      types.add(
          Arrays.stream(values())
              .filter(type -> type.key().equals(name.strip()))
              .findFirst()
              .orElseThrow(() -> unknown(key, name.strip())));
    }
    return types;
  }

  private static IllegalArgumentException unknown(String key, String name) {
    return new IllegalArgumentException(
        "the setting "
            + key
            + " names '"
            + name
            + "' but must be a comma-separated list of "
            + Arrays.stream(values()).map(EventType::key).collect(Collectors.joining(", "))
            + "; see docs/events.md");
  }
}
