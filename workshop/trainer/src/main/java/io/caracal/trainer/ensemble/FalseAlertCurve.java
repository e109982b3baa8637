package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caracal.trainer.evaluate.AlertFolding;
import java.util.ArrayList;
import java.util.List;

/**
 * Alerts that benign flows would have raised in a day, by threshold. An alert is a source and a
 * class, open until it was quiet for a window. Below one alert in the time covered the data say
 * nothing: there the curve goes on along a straight line of log(alerts) over logit(threshold), with
 * the slope of its tail.
 *
 * @param knots thresholds ascending
 * @param measuredUpTo the last threshold that the data speak for
 */
public record FalseAlertCurve(List<Knot> knots, double measuredUpTo) {
  private static final double STEP = 0.25;
  private static final double LOWEST = -2;

  /** Probabilities are floats: nothing can reach a threshold nearer to 1. */
  private static final double HIGHEST = Math.log((1 - 1e-6) / 1e-6);

  /** Up to this many alerts the tail of the curve is its tail. */
  private static final double TAIL_ALERTS = 30;

  /** Slower than this no tail is believed to fall; faster neither. */
  private static final double GENTLEST = -0.3;

  private static final double STEEPEST = -1.5;

  /**
   * A point of the curve.
   *
   * @param threshold probability from which a flow is detected
   * @param perDay expected false alerts
   */
  public record Knot(double threshold, double perDay) {}

  /**
   * A benign record that might raise an alert.
   *
   * @param key campaign, source and class: what is told in one alert
   * @param seconds when it was judged
   * @param logOdds the ensemble's judgement
   */
  record Judged(String key, double seconds, double logOdds) {}

  /**
   * Counts.
   *
   * @param judged the benign records
   * @param days what they cover, by the flows that make a day
   * @param windowSeconds an alert is open until it was quiet this long
   * @return the curve
   */
  static FalseAlertCurve of(List<Judged> judged, double days, double windowSeconds) {
    List<double[]> counted = new ArrayList<>();
    for (double logit = LOWEST; logit <= HIGHEST; logit += STEP) {
      int alerts = alerts(judged, logit, windowSeconds);
      if (alerts == 0) {
        break;
      }
      counted.add(new double[] {logit, alerts});
    }
    if (counted.isEmpty()) {
      counted.add(new double[] {LOWEST, 1});
    }
    double perAlert = 1 / days;
    List<Knot> knots = new ArrayList<>();
    counted.forEach(c -> knots.add(new Knot(sigmoid(c[0]), c[1] * perAlert)));
    double[] last = counted.getLast();
    double slope = slope(counted);
    for (double logit = last[0] + STEP; logit <= HIGHEST; logit += STEP) {
      double alerts = last[1] * Math.exp(slope * (logit - last[0]));
      knots.add(new Knot(sigmoid(logit), alerts * perAlert));
    }
    return new FalseAlertCurve(List.copyOf(knots), sigmoid(last[0]));
  }

  private static int alerts(List<Judged> judged, double logit, double windowSeconds) {
    return AlertFolding.alerts(
        judged.stream()
            .filter(record -> record.logOdds() >= logit)
            .map(record -> new AlertFolding.Detection(record.key(), record.seconds()))
            .toList(),
        windowSeconds);
  }

  /** Least squares over the tail. */
  private static double slope(List<double[]> counted) {
    List<double[]> tail = counted.stream().filter(c -> c[1] <= TAIL_ALERTS).toList();
    double n = tail.size();
    double x = tail.stream().mapToDouble(c -> c[0]).sum() / Math.max(1, n);
    double y = tail.stream().mapToDouble(c -> Math.log(c[1])).sum() / Math.max(1, n);
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

  /** The least threshold of the curve that keeps the budget, or the highest there is. */
  public double threshold(double perDay) {
    return knots.stream()
        .filter(knot -> knot.perDay() <= perDay)
        .findFirst()
        .orElse(knots.getLast())
        .threshold();
  }

  ArrayNode toJson() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    knots.forEach(k -> array.addObject().put("threshold", k.threshold()).put("perDay", k.perDay()));
    return array;
  }
}
