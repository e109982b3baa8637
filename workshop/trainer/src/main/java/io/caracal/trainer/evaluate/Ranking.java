package io.caracal.trainer.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well a score puts attacks before benign flows. Equal scores share one step of every curve, so
 * the figures do not depend on the order of the input. Figures that need a class that is missing
 * are NaN.
 */
public final class Ranking {
  private final double[] thresholds;
  private final long[] hits;
  private final long[] falseAlarms;
  private final long attacks;
  private final long benign;

  /**
   * Ranks flows.
   *
   * @param scores higher is more suspicious; negative infinity is allowed
   * @param attack whether each flow is an attack
   */
  public Ranking(double[] scores, boolean[] attack) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double[] thresholds = new double[order.length];
    long[] hits = new long[order.length];
    long[] falseAlarms = new long[order.length];
    int steps = 0;
    long hit = 0;
    long missed = 0;
    for (int i = 0; i < order.length; i++) {
      if (attack[order[i]]) {
        hit++;
      } else {
        missed++;
      }
      if (i + 1 == order.length || scores[order[i + 1]] != scores[order[i]]) {
        thresholds[steps] = scores[order[i]];
        hits[steps] = hit;
        falseAlarms[steps] = missed;
        steps++;
      }
    }
    this.thresholds = Arrays.copyOf(thresholds, steps);
    this.hits = Arrays.copyOf(hits, steps);
    this.falseAlarms = Arrays.copyOf(falseAlarms, steps);
    attacks = hit;
    benign = missed;
  }

  /** Area under the ROC curve, by trapezoids: the chance that an attack outranks a benign flow. */
  public double rocAuc() {
    if (attacks == 0 || benign == 0) {
      return Double.NaN;
    }
    double area = 0;
    long lastHits = 0;
    long lastFalse = 0;
    for (int i = 0; i < hits.length; i++) {
      area += (falseAlarms[i] - lastFalse) * (hits[i] + lastHits) / 2.0;
      lastHits = hits[i];
      lastFalse = falseAlarms[i];
    }
    return area / ((double) attacks * benign);
  }

  /** Area under the precision-recall curve as average precision: no interpolation. */
  public double prAuc() {
    if (attacks == 0) {
      return Double.NaN;
    }
    double area = 0;
    long lastHits = 0;
    for (int i = 0; i < hits.length; i++) {
      area += (hits[i] - lastHits) * ((double) hits[i] / (hits[i] + falseAlarms[i]));
      lastHits = hits[i];
    }
    return area / attacks;
  }

  /**
   * The largest share of attacks found by a threshold that calls at most a given share of benign
   * flows attacks.
   *
   * @param rate the false-positive rate
   * @return the true-positive rate
   */
  public double tprAtFpr(double rate) {
    if (attacks == 0 || benign == 0) {
      return Double.NaN;
    }
    long most = 0;
    for (int i = 0; i < hits.length && falseAlarms[i] <= rate * benign; i++) {
      most = hits[i];
    }
    return (double) most / attacks;
  }

  /**
   * The least threshold that calls at most a given share of benign flows attacks. Flows that got no
   * score are never called attacks.
   *
   * @param rate the false-positive rate
   * @return the threshold, infinite if even the highest score is too frequent among benign flows
   */
  public double thresholdAtFpr(double rate) {
    double threshold = Double.POSITIVE_INFINITY;
    for (int i = 0;
        i < hits.length
            && falseAlarms[i] <= rate * benign
            && thresholds[i] > Double.NEGATIVE_INFINITY;
        i++) {
      threshold = thresholds[i];
    }
    return threshold;
  }

  /** The ROC curve as (false-positive rate, true-positive rate), from (0, 0) to (1, 1). */
  public List<Point> roc() {
    List<Point> curve = new ArrayList<>();
    if (attacks > 0 && benign > 0) {
      curve.add(new Point(0, 0));
      for (int i = 0; i < hits.length; i++) {
        curve.add(new Point((double) falseAlarms[i] / benign, (double) hits[i] / attacks));
      }
    }
    return curve;
  }

  /** The precision-recall curve as (recall, precision), by descending threshold. */
  public List<Point> precisionRecall() {
    List<Point> curve = new ArrayList<>();
    for (int i = 0; i < hits.length && attacks > 0; i++) {
      curve.add(
          new Point((double) hits[i] / attacks, (double) hits[i] / (hits[i] + falseAlarms[i])));
    }
    return curve;
  }
}
