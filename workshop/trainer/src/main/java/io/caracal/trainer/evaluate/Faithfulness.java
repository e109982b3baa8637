package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.rows.SensorCounters;

/**
 * In how many detections making the first three features typical that the sensor named takes the
 * judgement below the threshold.
 */
public final class Faithfulness {
  private static final String PREFIX = "explanations.";

  private Faithfulness() {}

  /**
   * Measures.
   *
   * @param counters of replays that explained every detection
   * @return the object {@code explanations} of metrics.json
   */
  public static ObjectNode of(SensorCounters counters) {
    long detections = counters.sum(PREFIX + "of_detections");
    long faithful = counters.sum(PREFIX + "faithful");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("made", counters.sum(PREFIX + "made"));
    node.put("of_detections", detections);
    node.put("undone", faithful);
    Figures.put(node, "undone_share", faithful / (double) detections);
    Figures.put(
        node,
        "milliseconds_each",
        counters.sum(PREFIX + "milliseconds") / (double) counters.sum(PREFIX + "made"));
    return node;
  }
}
