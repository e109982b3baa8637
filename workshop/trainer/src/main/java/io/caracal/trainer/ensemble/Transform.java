package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes the scores of different detectors comparable; docs/model-bundle.md defines both kinds. */
public sealed interface Transform {
  /** A term of the logistic combination. */
  double apply(double score);

  /** As ensemble.json writes it. */
  ObjectNode toJson();

  /**
   * Log odds of a supervised score.
   *
   * @param epsilon scores are clamped to this distance from 0 and 1
   */
  record Logit(double epsilon) implements Transform {
    @Override
    public double apply(double score) {
      double p = Math.clamp(score, epsilon, 1 - epsilon);
      return Math.log(p / (1 - p));
    }

    @Override
    public ObjectNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("type", "logit").put("epsilon", epsilon);
    }
  }

  /** Decimal logarithm of the conformal p-value of an unsupervised score, negated. */
  final class Tail implements Transform {
    private final double[] scores;
    private final double[] pValues;

    /**
     * A tail.
     *
     * @param scores ascending
     * @param pValues descending, as many
     */
    Tail(double[] scores, double[] pValues) {
      this.scores = scores.clone();
      this.pValues = pValues.clone();
    }

    @Override
    public double apply(double score) {
      int last = scores.length - 1;
      if (score <= scores[0]) {
        return height(0);
      }
      if (last == 0) {
        return height(0) + 1;
      }
      int upper = 1;
      while (upper < last && scores[upper] < score) {
        upper++;
      }
      double below = height(upper - 1);
      double slope = (height(upper) - below) / (scores[upper] - scores[upper - 1]);
      return Math.min(below + slope * (score - scores[upper - 1]), height(last) + 1);
    }

    private double height(int knot) {
      return -Math.log10(pValues[knot]);
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "tail");
      fill(node.putArray("scores"), scores);
      fill(node.putArray("pValues"), pValues);
      return node;
    }

    private static void fill(ArrayNode array, double[] values) {
      for (double value : values) {
        array.add(value);
      }
    }
  }
}
