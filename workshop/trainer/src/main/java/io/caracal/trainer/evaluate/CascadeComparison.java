package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.rows.SensorCounters;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What a cascade saves, in time inside the detectors, and what it costs in detection, against all
 * detectors on all flow records.
 */
public final class CascadeComparison {
  private static final String PREFIX = "detectors.";
  private static final String TIME = ".milliseconds";

  private CascadeComparison() {}

  /**
   * Compares.
   *
   * @param all what the ensemble said with all detectors on all flows
   * @param cascade what it said of the same flows by the cascade
   * @param allCounters the sensor's counters of those replays
   * @param cascadeCounters the same of the replays by the cascade
   * @return the object {@code cascade} of metrics.json
   */
  public static ObjectNode of(
      Verdicts all, Verdicts cascade, SensorCounters allCounters, SensorCounters cascadeCounters) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode detectors = node.putObject("detectors");
    double members = 0;
    for (String id : detectors(allCounters)) {
      long skipped = sum(cascadeCounters, id, ".skipped");
      long scored = sum(cascadeCounters, id, ".scored");
      long time = sum(allCounters, id, TIME);
      members += scored + skipped > 0 ? time : 0;
      detectors
          .putObject(id)
          .put("scored_all", sum(allCounters, id, ".scored"))
          .put("milliseconds_all", time)
          .put("scored", scored)
          .put("skipped", skipped)
          .put("milliseconds", sum(cascadeCounters, id, TIME));
    }
    double allTime = total(allCounters);
    double cascadeTime = total(cascadeCounters);
    node.put("milliseconds_all", allTime);
    node.put("milliseconds_members", members);
    node.put("milliseconds", cascadeTime);
    Figures.put(node, "times_less", allTime / cascadeTime);
    Figures.put(node, "times_less_than_members", members / cascadeTime);
    pair(node, "tpr_at_fpr_0.001", all, cascade, v -> v.ranking().tprAtFpr(0.001));
    pair(node, "tpr_at_fpr_0.01", all, cascade, v -> v.ranking().tprAtFpr(0.01));
    pair(node, "tpr_in_force", all, cascade, v -> detected(v, false));
    pair(node, "fpr_in_force", all, cascade, v -> detected(v, true));
    pair(
        node,
        "expected_calibration_error",
        all,
        cascade,
        v -> Calibration.of(v).path("expected_calibration_error").asDouble(Double.NaN));
    return node;
  }

  private static SortedSet<String> detectors(SensorCounters counters) {
    SortedSet<String> ids = new TreeSet<>();
    for (String name : counters.names()) {
      if (name.startsWith(PREFIX) && name.endsWith(TIME)) {
        ids.add(name.substring(PREFIX.length(), name.length() - TIME.length()));
      }
    }
    return ids;
  }

  private static long sum(SensorCounters counters, String id, String counter) {
    return counters.sum(PREFIX + id + counter);
  }

  private static double total(SensorCounters counters) {
    return detectors(counters).stream().mapToDouble(id -> sum(counters, id, TIME)).sum();
  }

  private static void pair(
      ObjectNode node,
      String key,
      Verdicts all,
      Verdicts cascade,
      ToDoubleFunction<Verdicts> figure) {
    ObjectNode pair = node.putObject(key);
    Figures.put(pair, "all", figure.applyAsDouble(all));
    Figures.put(pair, "cascade", figure.applyAsDouble(cascade));
  }

  /** Share of the benign flows, or of the attacks, that are detected. */
  private static double detected(Verdicts verdicts, boolean benign) {
    long flows = 0;
    long detected = 0;
    for (int i = 0; i < verdicts.scores().length; i++) {
      if (verdicts.flows().get(i).benign() == benign) {
        flows++;
        detected += verdicts.detected(i) ? 1 : 0;
      }
    }
    return detected / (double) flows;
  }
}
