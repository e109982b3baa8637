package io.caracal.api.alert;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One destination for events. The host calls a sink from one thread of its own, never from a lane,
 * in the order in which events arose; a sink that fails gets the same events again.
 */
@ConsumerType
public interface AlertSink {
  /**
   * The short name that settings and statistics use.
   *
   * @return for example {@code eve}
   */
  String name();

  /**
   * Whether this sink wants events of a type; others are not delivered to it.
   *
   * @param type an event type
   * @return true to receive them
   */
  boolean wants(Class<? extends SensorEvent> type);

  /**
   * Delivers events.
   *
   * @param events at least one, in order
   * @throws Exception if they were not all durably delivered: the host counts it and delivers the
   *     same list again, so a receiver may see an event twice
   */
  void deliver(List<SensorEvent> events) throws Exception;

  /**
   * Called once when the sensor stops, after the last delivery: flush and release what is open.
   *
   * @throws Exception if something could not be flushed
   */
  void close() throws Exception;
}
