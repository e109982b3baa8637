package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * Whether probabilities mean what they say: scored flows in bins of equal width by their
 * probability, and the expected calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015): the
 * mean distance between a bin's mean probability and its share of attacks, by flows. Both hold for
 * the share of attacks in the data, which a network does not have.
 */
public final class Calibration {
  private static final int BINS = 10;

  private Calibration() {}

  /**
   * The expected error alone.
   *
   * @param probabilities of an attack
   * @param attack whether each was one
   * @return 0 to 1
   */
  public static double error(double[] probabilities, boolean[] attack) {
    double[] excess = new double[BINS];
    for (int i = 0; i < probabilities.length; i++) {
      int bin = Math.min(BINS - 1, (int) (probabilities[i] * BINS));
      excess[bin] += probabilities[i] - (attack[i] ? 1 : 0);
    }
    return Arrays.stream(excess).map(Math::abs).sum() / probabilities.length;
  }

  static ObjectNode of(Verdicts verdicts) {
    long[] count = new long[BINS];
    long[] attacks = new long[BINS];
    double[] sum = new double[BINS];
    for (int i = 0; i < verdicts.scores().length; i++) {
      if (!verdicts.abstained(i)) {
        double score = verdicts.scores()[i];
        int bin = Math.min(BINS - 1, (int) (score * BINS));
        count[bin]++;
        sum[bin] += score;
        attacks[bin] += verdicts.flows().get(i).benign() ? 0 : 1;
      }
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode bins = node.putArray("bins");
    double error = 0;
    long flows = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (count[bin] > 0) {
        double mean = sum[bin] / count[bin];
        double share = attacks[bin] / (double) count[bin];
        ObjectNode one = bins.addObject().put("flows", count[bin]);
        Figures.put(one, "mean_probability", mean);
        Figures.put(one, "share_of_attacks", share);
        error += Math.abs(mean - share) * count[bin];
        flows += count[bin];
      }
    }
    Figures.put(node, "expected_calibration_error", error / flows);
    return node;
  }
}
