package io.caracal.core.internal.sink;

import io.caracal.api.plugin.Settings;
import java.time.Duration;

/**
 * How events are delivered.
 *
 * @param queue events offered once that may wait for one sink
 * @param drain how long sinks may take at the end
 * @param longestPause between two tries
 */
record DeliverySettings(int queue, Duration drain, Duration longestPause) {
  static DeliverySettings of(Settings settings) {
    return new DeliverySettings(
        settings.integer("events.queue", 65_536),
        settings.seconds("sinks.drain", Duration.ofSeconds(10)),
        settings.seconds("sinks.retry-max", Duration.ofSeconds(60)));
  }
}
