package io.caracal.api.alert;

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
}
