package io.caracal.core.internal.sink;

import io.caracal.api.alert.SensorEvent;
import io.caracal.api.plugin.Settings;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How events are delivered.
 *
 * @param queue events offered once that may wait for one sink
 * @param drain how long sinks may take at the end
 * @param longestPause between two tries
 * @param privacy what events go through
 */
record DeliverySettings(
    int queue, Duration drain, Duration longestPause, UnaryOperator<SensorEvent> privacy) {
  static DeliverySettings of(Settings settings, UnaryOperator<SensorEvent> privacy) {
    return new DeliverySettings(
        settings.integer("events.queue", 65_536),
        settings.seconds("sinks.drain", Duration.ofSeconds(10)),
        settings.seconds("sinks.retry-max", Duration.ofSeconds(60)),
        privacy);
  }
}
