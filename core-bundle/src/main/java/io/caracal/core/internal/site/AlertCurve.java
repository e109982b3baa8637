package io.caracal.core.internal.site;

import io.caracal.core.internal.ensemble.EnsembleDescriptor.FalseAlerts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Alerts that normal traffic would have raised in a day, by threshold. An alert is a source and a
 * class, open until it was quiet for a window. Where no alert is left to count the curve goes on
 * along a straight line of log(alerts) over logit(threshold), with the slope of its last part.
 */
final class AlertCurve {
  private static final double LOWEST = -2;
  private static final double STEP = 0.25;

  /** Probabilities are floats: nothing can reach a threshold nearer to 1. */
  private static final double HIGHEST = Math.log((1 - 1e-6) / 1e-6);

  /** Up to this many alerts the tail of the curve is its tail. */
  private static final double TAIL_ALERTS = 30;

  private static final double GENTLEST = -0.3;
  private static final double STEEPEST = -1.5;

  private AlertCurve() {}

  /**
   * A record that might raise an alert.
   *
   * @param key source and class: what is told in one alert
   * @param nanos when it was judged
   * @param probability the ensemble's judgement
   * @param represents records that it stands for
   */
  record Judged(String key, long nanos, double probability, double represents) {}

  /**
   * Counts.
   *
   * @param records of normal traffic
   * @param days what they cover
   * @param window an alert is open until it was quiet this long
   * @return thresholds ascending; where alerts were counted, then where they are foretold
   */
  static List<FalseAlerts> of(List<Judged> records, double days, Duration window) {
    List<Judged> ordered = new ArrayList<>(records);
    ordered.sort(Comparator.comparingLong(Judged::nanos));
    List<double[]> counted = new ArrayList<>();
    for (double logit = LOWEST; logit <= HIGHEST; logit += STEP) {
      double alerts = alerts(ordered, sigmoid(logit), window);
      if (alerts == 0) {
        break;
      }
      counted.add(new double[] {logit, alerts});
    }
    if (counted.isEmpty()) {
      counted.add(new double[] {LOWEST, 1});
    }
    List<FalseAlerts> knots = new ArrayList<>();
    counted.forEach(c -> knots.add(new FalseAlerts(sigmoid(c[0]), c[1] / days)));
    double[] last = counted.getLast();
    double slope = slope(counted);
    for (double logit = last[0] + STEP; logit <= HIGHEST; logit += STEP) {
      knots.add(
          new FalseAlerts(sigmoid(logit), last[1] * Math.exp(slope * (logit - last[0])) / days));
    }
    return knots;
  }

  /**
   * Alerts of records in the order of time; one of a record that stands for several counts as many.
   */
  static double alerts(List<Judged> ordered, double threshold, Duration window) {
    Map<String, Long> lastByKey = new HashMap<>();
    double alerts = 0;
    for (Judged record : ordered) {
      if (record.probability() >= threshold) {
        Long last = lastByKey.put(record.key(), record.nanos());
        if (last == null || record.nanos() - last >= window.toNanos()) {
          alerts += record.represents();
        }
      }
    }
    return alerts;
  }

  /** Least squares over the tail. */
  private static double slope(List<double[]> counted) {
    List<double[]> tail = counted.stream().filter(c -> c[1] <= TAIL_ALERTS).toList();
    double x = tail.stream().mapToDouble(c -> c[0]).average().orElse(0);
    double y = tail.stream().mapToDouble(c -> Math.log(c[1])).average().orElse(0);
    double covariance = 0;
    double variance = 0;
    for (double[] c : tail) {
      covariance += (c[0] - x) * (Math.log(c[1]) - y);
      variance += (c[0] - x) * (c[0] - x);
    }
    return variance == 0 ? GENTLEST : Math.clamp(covariance / variance, STEEPEST, GENTLEST);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
