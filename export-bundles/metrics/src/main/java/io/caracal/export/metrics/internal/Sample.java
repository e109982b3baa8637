package io.caracal.export.metrics.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A counter of the sensor as a sample of Prometheus.
 *
 * @param source the counter's name, with {@code NAME} for what became a label
 * @param metric the metric's name, without what its type adds
 * @param labels what tells it from others of the same metric
 * @param value the number; 1 where the counter is a text, which is then a label
 * @param gauge whether it may fall
 */
record Sample(
    String source, String metric, Map<String, String> labels, double value, boolean gauge) {
  /** Counters of which there is one for each sink, detector, ensemble, view or interface. */
  private static final Map<Pattern, String> FAMILIES =
      Map.of(
          Pattern.compile("(sinks)\\.(.+)\\.([a-z0-9_]+)"), "sink",
          Pattern.compile("(detectors)\\.(.+)\\.([a-z0-9_]+)"), "detector",
          Pattern.compile("(ensembles)\\.(.+)\\.([a-z0-9_]+)"), "ensemble",
          Pattern.compile("(views)\\.(.+)\\.([a-z0-9_]+)"), "view",
          Pattern.compile("(capture)\\.(.+)\\.([a-z0-9_]+)"), "interface");

  /** What may fall; everything else counts from the start of the sensor on. */
  private static final Set<String> GAUGES =
      Set.of(
          "alerts.open",
          "detectors.NAME.p99_microseconds",
          "detectors.NAME.quarantined",
          "drift.index",
          "ensembles.NAME.quarantined",
          "flow.live",
          "hosts.suspected",
          "journal.waiting",
          "sinks.NAME.pending",
          "views.NAME.quarantined");

  /** The samples of one counter. */
  static List<Sample> of(String name, Object value) {
    for (Map.Entry<Pattern, String> family : FAMILIES.entrySet()) {
      Matcher found = family.getKey().matcher(name);
      if (found.matches()) {
        return of(
            found.group(1) + ".NAME." + found.group(3),
            family.getValue() + "_" + found.group(3),
            Map.of(family.getValue(), found.group(2)),
            value);
      }
    }
    return of(name, name.replaceAll("[^a-zA-Z0-9]", "_"), Map.of(), value);
  }

  private static List<Sample> of(
      String source, String metric, Map<String, String> labels, Object value) {
    if (value instanceof Number number) {
      boolean gauge = GAUGES.contains(source);
      return List.of(new Sample(source, "caracal_" + metric, labels, number.doubleValue(), gauge));
    }
    List<Sample> samples = new ArrayList<>();
    for (Object text : value instanceof List<?> list ? list : List.of(value)) {
      Map<String, String> all = new TreeMap<>(labels);
      all.put("value", text.toString());
      samples.add(new Sample(source, "caracal_" + metric, all, 1, true));
    }
    return samples;
  }
}
