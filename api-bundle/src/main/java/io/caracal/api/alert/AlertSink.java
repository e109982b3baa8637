package io.caracal.api.alert;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One destination for events. Each sink is called from one thread of its own, never from a lane or
 * another sink's, in the order in which events arose. Alerts come out of the journal: a sink that
 * fails gets the same ones again, later and after a restart too, so a receiver may see an event
 * twice, told by {@link AlertEvent#eventId}. Other events are offered once; where a sink falls
 * behind, they are left out and counted.
 *
 * <p>A sink is a service. The usual one is a component with a factory configuration {@code
 * io.caracal.sink.NAME}, so that there may be several of a kind; what its constructor throws is
 * what the operator is told. It flushes and releases what is open when it is deactivated.
 */
@ConsumerType
public interface AlertSink {
  /**
   * The name by which the journal remembers what was delivered, and by which statistics are kept:
   * unique, and the same after a restart.
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
   * Delivers events. May take long: only this sink waits. Interrupted when the sink goes away or
   * the sensor stops and waits no longer.
   *
   * @param events at least one, in order
   * @throws DeliverLater if the sink gathers events and wants these again with those that follow
   * @throws Exception if they were not all durably delivered: the host counts it and delivers them
   *     again, with growing pauses, until the sink takes them; the message is shown to the operator
   * @throws RuntimeException other than {@link IllegalStateException} if one of these events cannot
   *     be delivered whenever it is tried: the host finds out which one, sets that aside and goes
   *     on
   */
  void deliver(List<SensorEvent> events) throws Exception;
}
