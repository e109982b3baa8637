package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What was done to plugins since the start, in figures, and what was refused. Thread-safe. */
final class Tally {
  final LongAdder swaps = new LongAdder();
  final LongAdder retired = new LongAdder();
  final LongAdder refusals = new LongAdder();
  private final Map<Path, PluginStatus> refused = new ConcurrentSkipListMap<>();

  void refused(Optional<PluginJar> jar, Path file, String reason) {
    refusals.increment();
    refused.put(
        file,
        new PluginStatus(
            -1,
            jar.map(PluginJar::symbolicName).orElse(String.valueOf(file.getFileName())),
            jar.map(known -> known.version().toString()).orElse(""),
            "",
            List.of(),
            "none",
            "",
            PluginState.FAILED,
            reason));
  }

  /** A file that was refused is gone, or was taken now. */
  void forget(Path file) {
    refused.remove(file);
  }

  /** What was refused and still lies where it was found. */
  List<PluginStatus> refused() {
    return List.copyOf(refused.values());
  }

  /** The counters under {@code plugins.}. */
  Map<String, Object> counters(int installed, int leaving, long leaked) {
    Map<String, Object> counters = new TreeMap<>();
    counters.put("plugins.installed", installed);
    counters.put("plugins.refused", refusals.sum());
    counters.put("plugins.swaps", swaps.sum());
    counters.put("plugins.retired", retired.sum());
    counters.put("plugins.leaked", leaked);
    counters.put("plugins.leaving", leaving);
    return counters;
  }
}
