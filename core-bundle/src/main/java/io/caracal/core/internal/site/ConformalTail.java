package io.caracal.core.internal.site;

import io.caracal.core.internal.ensemble.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Split-conformal p-values (Vovk et al. 2005) of a site's own scores: the share, by weight, of
 * normal records that score at least as high, the score itself counted among them.
 */
final class ConformalTail {
  private static final double STEP = Math.pow(10, 1.0 / 8);

  /** Fewer scores than this say nothing of a tail. */
  static final int LEAST = 500;

  private ConformalTail() {}

  /**
   * Fits knots at every eighth of a decade of p.
   *
   * @param scores one per record, NaN where there is none
   * @param weights what each record counts for; only their proportions matter
   * @param epsilon for the log odds of a probability that are bounded by this tail; null for a
   *     distance from normal
   * @return the tail; null if there are fewer than {@value #LEAST} scores, or all are the same
   */
  static @Nullable Transform fit(float[] scores, double[] weights, @Nullable Double epsilon) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    order = Arrays.stream(order).filter(i -> !Float.isNaN(scores[i])).toArray(Integer[]::new);
    if (order.length < LEAST) {
      return null;
    }
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -scores[i]));
    double mean = Arrays.stream(order).mapToDouble(i -> weights[i]).sum() / order.length;
    List<Double> knots = new ArrayList<>();
    List<Double> heights = new ArrayList<>();
    double next = 0;
    double above = 1;
    for (int i = 0; i < order.length; i++) {
      above += weights[order[i]] / mean;
      boolean end = i + 1 == order.length;
      double p = above / (order.length + 1);
      if ((end || scores[order[i + 1]] != scores[order[i]]) && (p >= next || end)) {
        knots.addFirst((double) scores[order[i]]);
        heights.addFirst(Math.min(1, p));
        next = p * STEP;
      }
    }
    return knots.size() < 2
        ? null
        : new Transform(epsilon == null ? "tail" : "logit", epsilon, knots, heights);
  }
}
