package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.DoubleUnaryOperator;

/**
 * How scores are spread over benign flows and attacks: probabilities by their log odds, since what
 * matters happens next to 0 and 1, distances by their decimal logarithm. What lies outside counts
 * to the outermost bins, what got no score is counted apart.
 */
final class Histogram {
  private static final int BINS = 40;
  private static final double LOG_ODDS = 10;

  private Histogram() {}

  static ObjectNode of(Verdicts verdicts) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    double low = -LOG_ODDS;
    double high = LOG_ODDS;
    DoubleUnaryOperator scale = p -> Math.log(p / (1 - p));
    if (verdicts.probability()) {
      node.put("axis", "log odds of the probability");
    } else {
      node.put("axis", "decimal logarithm of the score");
      scale = Math::log10;
      double[] ends = decades(verdicts);
      low = ends[0];
      high = ends[1];
    }
    long[] benign = new long[BINS];
    long[] attack = new long[BINS];
    long abstainedBenign = 0;
    long abstainedAttack = 0;
    for (int i = 0; i < verdicts.scores().length; i++) {
      boolean normal = verdicts.flows().get(i).benign();
      if (verdicts.abstained(i)) {
        abstainedBenign += normal ? 1 : 0;
        abstainedAttack += normal ? 0 : 1;
      } else {
        double at = (scale.applyAsDouble(verdicts.scores()[i]) - low) / (high - low) * BINS;
        (normal ? benign : attack)[(int) Math.clamp(at, 0, BINS - 1)]++;
      }
    }
    node.put("from", Figures.rounded(low)).put("to", Figures.rounded(high));
    Figures.put(node, "threshold_at", scale.applyAsDouble(verdicts.threshold()));
    fill(node.putArray("benign"), benign);
    fill(node.putArray("attack"), attack);
    node.put("abstained_benign", abstainedBenign).put("abstained_attack", abstainedAttack);
    return node;
  }

  /** Whole decades around the scores, at most eight. */
  private static double[] decades(Verdicts verdicts) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double score : verdicts.scores()) {
      if (score > 0) {
        low = Math.min(low, Math.floor(Math.log10(score)));
        high = Math.max(high, Math.ceil(Math.log10(score)));
      }
    }
    return high > Double.NEGATIVE_INFINITY
        ? new double[] {Math.max(low, high - 8), Math.max(high, low + 1)}
        : new double[] {-1, 1};
  }

  private static void fill(ArrayNode array, long[] values) {
    for (long value : values) {
      array.add(value);
    }
  }
}
