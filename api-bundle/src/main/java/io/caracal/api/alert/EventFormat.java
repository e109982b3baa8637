package io.caracal.api.alert;

import java.util.Collection;
import java.util.stream.Collectors;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to write events for receivers, such as EVE, ECS, CEF or LEEF. Sinks find the formats that
 * are installed as services and choose by name. Thread-safe: several sinks share one.
 */
@ConsumerType
public interface EventFormat {
  /**
   * The name by which settings choose it.
   *
   * @return for example {@code cef}
   */
  String name();

  /**
   * The media type of what is written.
   *
   * @return for example {@code application/json}
   */
  String mediaType();

  /**
   * Whether the format has words for a type of event.
   *
   * @param type an event type
   * @return true if {@link #write} takes it
   */
  boolean covers(Class<? extends SensorEvent> type);

  /**
   * Writes one event as one line: control characters of any text in it, line breaks above all, are
   * escaped as the format prescribes or replaced.
   *
   * @param event of a type that is covered
   * @return UTF-8 without a line break at the end
   * @throws IllegalArgumentException if the type is not covered
   */
  byte[] write(SensorEvent event);

  /**
   * Finds a format among those installed.
   *
   * @param name as settings name it
   * @param installed what is installed now
   * @return the format
   * @throws IllegalStateException with a sentence for the operator
   */
  static EventFormat named(String name, Collection<EventFormat> installed) {
    return installed.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the format '"
                        + name
                        + "' is not installed; install its bundle, or choose among: "
                        + installed.stream()
                            .map(EventFormat::name)
                            .sorted()
                            .collect(Collectors.joining(", "))));
  }
}
