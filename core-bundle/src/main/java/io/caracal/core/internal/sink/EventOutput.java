package io.caracal.core.internal.sink;

import io.caracal.api.alert.SensorEvent;
import java.util.List;
import java.util.Map;

/** Where the events of a session go. */
public interface EventOutput extends AutoCloseable {
  /** Tells nobody. */
  EventOutput NONE =
      new EventOutput() {
        @Override
        public void accept(SensorEvent event) {}

        @Override
        public Map<String, Object> counters() {
          return Map.of();
        }

        @Override
        public List<String> notices() {
          return List.of();
        }

        @Override
        public void close() {}
      };

  /** Takes an event; one thread at a time. */
  void accept(SensorEvent event);

  /** Counters under {@code journal.} and {@code sinks.}. */
  Map<String, Object> counters();

  /**
   * What the operator must know in the end: a sentence for each sink that did not get everything.
   */
  List<String> notices();

  /** Gives the sinks a while for what they have not got yet. */
  @Override
  void close();
}
