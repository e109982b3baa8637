package io.caracal.export.metrics.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Counters in Prometheus' text format, version 0.0.4.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
final class Exposition {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private Exposition() {}

  static String of(Map<String, Object> counters) {
    Map<String, List<Sample>> metrics = new TreeMap<>();
    counters.forEach(
        (name, value) ->
            Sample.of(name, value)
                .forEach(
                    sample ->
                        metrics
                            .computeIfAbsent(
                                sample.metric() + (sample.gauge() ? "" : "_total"),
                                metric -> new ArrayList<>())
                            .add(sample)));
    StringBuilder text = new StringBuilder();
    metrics.forEach((metric, samples) -> write(metric, samples, text));
    return text.toString();
  }

  private static void write(String metric, List<Sample> samples, StringBuilder text) {
    Sample first = samples.getFirst();
    text.append("# HELP ").append(metric).append(" The counter ").append(first.source());
    text.append(" of docs/events.md\n# TYPE ").append(metric);
    text.append(first.gauge() ? " gauge\n" : " counter\n");
    for (Sample sample : samples) {
      text.append(metric).append(labels(sample.labels())).append(' ');
      text.append(number(sample.value())).append('\n');
    }
  }

  private static String labels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return "";
    }
    StringJoiner text = new StringJoiner(",", "{", "}");
    labels.forEach((name, value) -> text.add(name + "=\"" + escaped(value) + "\""));
    return text.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value).toPlainString() : "NaN";
  }
}
