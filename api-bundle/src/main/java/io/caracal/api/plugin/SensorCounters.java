package io.caracal.api.plugin;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The counters of a sensor at work: a service for as long as it works. Thread-safe. */
@ProviderType
@FunctionalInterface
public interface SensorCounters {
  /**
   * What {@code stats} events hold, as of now.
   *
   * @return dotted names, as docs/events.md lists them, to numbers, texts or lists of them
   */
  Map<String, Object> counters();
}
