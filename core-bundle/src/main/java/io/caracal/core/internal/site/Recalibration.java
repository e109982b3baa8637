package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.core.internal.ensemble.EnsembleDescriptor;
import io.caracal.core.internal.ensemble.Transform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fits an ensemble's descriptor to a site. The scores of unsupervised detectors get the site's own
 * conformal tails. What a supervised detector says is bounded by how often it says so here: a
 * probability that one of n normal records reaches counts for at most n to 1. Weights, and whatever
 * else the descriptor holds, stay.
 */
final class Recalibration {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode base;
  private final Detectors detectors;
  private final Map<String, Integer> columns;

  /**
   * A recalibration.
   *
   * @param base {@code ensemble.json} as it was shipped, or of an earlier profile
   */
  Recalibration(ObjectNode base, Detectors detectors) {
    this.base = shipped(base);
    this.detectors = detectors;
    this.columns = detectors.byId();
  }

  /** The descriptor that an earlier profile was made from, or the same. */
  private static ObjectNode shipped(ObjectNode descriptor) {
    ObjectNode base = descriptor.deepCopy();
    JsonNode site = base.remove("site");
    if (site == null) {
      return base;
    }
    base.put("version", site.path("base").asText());
    base.set("falseAlerts", site.path("shippedFalseAlerts"));
    base.set("flowsPerDay", site.path("shippedFlowsPerDay"));
    HostTerms.restore(base, site);
    for (JsonNode member : base.path("members")) {
      JsonNode transform = ((ObjectNode) member).remove("shipped");
      ((ObjectNode) member).remove("detector");
      if (transform != null) {
        ((ObjectNode) member).set("transform", transform);
      }
    }
    return base;
  }

  /** What is recalibrated. */
  ObjectNode base() {
    return base.deepCopy();
  }

  /** The descriptor fitted to records of normal traffic. */
  ObjectNode fit(List<Lesson.Weighted> records) {
    ObjectNode fitted = base();
    double[] weights = Lesson.weights(records);
    for (JsonNode node : fitted.path("members")) {
      ObjectNode member = (ObjectNode) node;
      Integer column = columns.get(member.path("id").asText());
      JsonNode shipped = member.path("transform");
      if (column == null) {
        continue;
      }
      float[] scores = new float[records.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = records.get(i).observation().score(column);
      }
      Double epsilon = shipped.has("epsilon") ? shipped.path("epsilon").asDouble() : null;
      Transform transform = ConformalTail.fit(scores, weights, epsilon);
      if (transform != null) {
        member.set("shipped", shipped);
        member.set("transform", JSON.valueToTree(transform));
        member.put("detector", detectors.columns().get(column).version());
      }
    }
    return fitted;
  }

  /** By id, the versions of the detectors whose part of a descriptor was fitted. */
  static Map<String, String> fitted(ObjectNode descriptor) {
    Map<String, String> versions = new TreeMap<>();
    for (JsonNode member : descriptor.path("members")) {
      if (member.has("detector")) {
        versions.put(member.path("id").asText(), member.path("detector").asText());
      }
    }
    return versions;
  }

  static EnsembleDescriptor read(ObjectNode descriptor) {
    try {
      return EnsembleDescriptor.read(JSON.writeValueAsBytes(descriptor));
    } catch (IOException e) {
      throw new IllegalArgumentException("the descriptor is wrong: " + e.getMessage(), e);
    }
  }
}
