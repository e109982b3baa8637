package io.caracal.core.internal.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.core.internal.ensemble.Transform;
import java.util.List;

/**
 * What a profile says of evidence against hosts: how rare a judgement is among this site's flows.
 * The curve over the evidence is taken over by the number of flows, since it counts judgements that
 * are equally rare.
 */
final class HostTerms {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NEAREST = 1e-7;

  private HostTerms() {}

  /**
   * Fits.
   *
   * @param ensemble the profile's descriptor, still as it was shipped
   * @param origin gets what was shipped
   * @param judged normal records of the site
   * @param flowsPerDay normal flows of the site
   */
  static void fit(
      ObjectNode ensemble, ObjectNode origin, List<AlertCurve.Judged> judged, double flowsPerDay) {
    if (!ensemble.has("benignTail")) {
      return;
    }
    float[] logOdds = new float[judged.size()];
    double[] weights = new double[logOdds.length];
    for (int i = 0; i < logOdds.length; i++) {
      double p = Math.clamp(judged.get(i).probability(), NEAREST, 1 - NEAREST);
      logOdds[i] = (float) Math.log(p / (1 - p));
      weights[i] = judged.get(i).represents();
    }
    origin.set("shippedBenignTail", ensemble.path("benignTail"));
    origin.set("shippedFalseHostAlerts", ensemble.path("falseHostAlerts").deepCopy());
    Transform tail = ConformalTail.fit(logOdds, weights, null);
    if (tail != null) {
      ensemble.set("benignTail", JSON.valueToTree(tail));
    }
    double scale = flowsPerDay / ensemble.path("flowsPerDay").asDouble();
    for (JsonNode knot : ensemble.path("falseHostAlerts")) {
      ((ObjectNode) knot).put("perDay", knot.path("perDay").asDouble() * scale);
    }
  }

  /** Puts back what was shipped. */
  static void restore(ObjectNode descriptor, JsonNode origin) {
    if (origin.has("shippedBenignTail")) {
      descriptor.set("benignTail", origin.path("shippedBenignTail"));
      descriptor.set("falseHostAlerts", origin.path("shippedFalseHostAlerts"));
    }
  }
}
