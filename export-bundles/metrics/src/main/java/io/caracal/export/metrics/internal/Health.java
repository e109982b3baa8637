package io.caracal.export.metrics.internal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the sensor does its work.
 *
 * @param sinks what each sink does: {@code working}, {@code retrying} or {@code absent}
 * @param journal false while alerts cannot be made durable
 * @param quarantined versions that are left out and why, by detector, {@code ensemble ID} or {@code
 *     view NAME}
 * @param warnings what is wrong with the capture, by interface; empty for all together
 */
record Health(
    Map<String, String> sinks,
    boolean journal,
    Map<String, Object> quarantined,
    Map<String, Object> warnings) {
  private static final Pattern SINK = Pattern.compile("sinks\\.(.+)\\.state");
  private static final Pattern QUARANTINED =
      Pattern.compile("(detector|ensemble|view)s\\.(.+)\\.quarantine_reasons");
  private static final Pattern WARNINGS = Pattern.compile("capture\\.(?:(.+)\\.)?warnings");

  static Health of(Map<String, Object> counters) {
    Map<String, String> sinks = new TreeMap<>();
    Map<String, Object> quarantined = new TreeMap<>();
    Map<String, Object> warnings = new TreeMap<>();
    counters.forEach(
        (name, value) -> {
          Matcher sink = SINK.matcher(name);
          Matcher left = QUARANTINED.matcher(name);
          Matcher warning = WARNINGS.matcher(name);
          if (sink.matches()) {
            sinks.put(sink.group(1), value.toString());
          } else if (left.matches() && value instanceof Collection<?> c && !c.isEmpty()) {
            boolean detector = left.group(1).equals("detector");
            quarantined.put((detector ? "" : left.group(1) + " ") + left.group(2), value);
          } else if (warning.matches() && value instanceof Collection<?> c && !c.isEmpty()) {
            warnings.put(warning.group(1) == null ? "all" : warning.group(1), value);
          }
        });
    return new Health(
        sinks, !"failing".equals(counters.get("journal.state")), quarantined, warnings);
  }

  boolean good() {
    return journal
        && quarantined.isEmpty()
        && warnings.isEmpty()
        && !sinks.containsValue("retrying");
  }

  /** What becomes JSON. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("status", good() ? "ok" : "failing");
    tree.put("sinks", sinks);
    tree.put("journal", journal ? "working" : "failing");
    tree.put("quarantined", quarantined);
    tree.put("warnings", warnings);
    return tree;
  }
}
