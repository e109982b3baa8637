package io.caracal.api.plugin;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Counters of a part that stands outside the pipeline, which {@code stats} events hold together
 * with those of the pipeline. An OSGi service; thread-safe.
 */
@ConsumerType
@FunctionalInterface
public interface PluginCounters {
  /**
   * The counters as of now.
   *
   * @return dotted names, as docs/events.md lists them, to numbers, texts or lists of them
   */
  Map<String, Object> counters();
}
