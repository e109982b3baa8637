package io.caracal.trainer.ensemble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Split-conformal p-values: the share of benign calibration records, by weight, that score at least
 * as high. With the score itself counted among them the p-value is valid however the score is
 * distributed.
 */
final class ConformalTail {
  private ConformalTail() {}

  /**
   * Fits.
   *
   * @param scores of benign calibration records
   * @param weights what each counts
   * @param perDecade knots per decade of p
   * @return the transform
   */
  static Transform.Tail fit(double[] scores, double[] weights, int perDecade) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double total = 1;
    for (double weight : weights) {
      total += weight;
    }
    List<Double> knots = new ArrayList<>();
    List<Double> heights = new ArrayList<>();
    double step = Math.pow(10, 1.0 / perDecade);
    double next = 0;
    double above = 1;
    for (int i = 0; i < order.length; i++) {
      above += weights[order[i]];
      boolean lastOfTies = i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
      double p = above / total;
      if (lastOfTies && (p >= next || i + 1 == order.length)) {
        knots.addFirst(scores[order[i]]);
        heights.addFirst(p);
        next = p * step;
      }
    }
    return new Transform.Tail(
        knots.stream().mapToDouble(Double::doubleValue).toArray(),
        heights.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
