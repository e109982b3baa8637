package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Alerts that benign flows would have raised in a day, by threshold. Alerts are counted as the
 * sensor tells them; more are never expected of a higher threshold. Below one alert in the time
 * covered the data say nothing: there the curve goes on along a straight line of log(alerts) over
 * the scale of the threshold, with the slope of its tail.
 *
 * @param knots thresholds ascending
 * @param measuredUpTo the last threshold that the data speak for
 */
public record FalseAlertCurve(List<Knot> knots, double measuredUpTo) {
  /** Up to this many alerts the tail of the curve is its tail. */
  private static final double TAIL_ALERTS = 30;

  /**
   * A point of the curve.
   *
   * @param threshold from which there is a detection
   * @param perDay expected false alerts
   */
  public record Knot(double threshold, double perDay) {}

  /**
   * Where thresholds are tried.
   *
   * @param lowest first
   * @param step between two
   * @param highest last
   * @param gentlest slower than this no tail is believed to fall
   * @param steepest nor faster
   * @param threshold of a value on the scale
   */
  record Scale(
      double lowest,
      double step,
      double highest,
      double gentlest,
      double steepest,
      DoubleUnaryOperator threshold) {
    /**
     * Log odds for probabilities, which are floats: nothing can reach a threshold nearer to 1 than
     * a millionth.
     */
    static final Scale LOG_ODDS =
        new Scale(
            -2, 0.25, Math.log((1 - 1e-6) / 1e-6), -0.3, -1.5, logit -> 1 / (1 + Math.exp(-logit)));

    /** Evidence against hosts. */
    static final Scale EVIDENCE = new Scale(2, 0.5, 60, -0.05, -0.5, evidence -> evidence);
  }

  /** Counts the false alerts at a value of the scale. */
  @FunctionalInterface
  interface Count {
    int at(double value);
  }

  /**
   * Counts.
   *
   * @param scale where thresholds are tried
   * @param count alerts of the benign traffic
   * @param days what it covers, by the flows that make a day
   * @return the curve
   */
  static FalseAlertCurve of(Scale scale, Count count, double days) {
    List<double[]> counted = new ArrayList<>();
    for (double at = scale.lowest(); at <= scale.highest(); at += scale.step()) {
      counted.add(new double[] {at, count.at(at)});
    }
    for (int i = counted.size() - 2; i >= 0; i--) {
      counted.get(i)[1] = Math.max(counted.get(i)[1], counted.get(i + 1)[1]);
    }
    counted.removeIf(c -> c[1] == 0);
    if (counted.isEmpty()) {
      counted.add(new double[] {scale.lowest(), 1});
    }
    double perAlert = 1 / days;
    List<Knot> knots = new ArrayList<>();
    counted.forEach(
        c -> knots.add(new Knot(scale.threshold().applyAsDouble(c[0]), c[1] * perAlert)));
    double[] last = counted.getLast();
    double slope = slope(counted, scale);
    for (double at = last[0] + scale.step(); at <= scale.highest(); at += scale.step()) {
      double alerts = last[1] * Math.exp(slope * (at - last[0]));
      knots.add(new Knot(scale.threshold().applyAsDouble(at), alerts * perAlert));
    }
    return new FalseAlertCurve(List.copyOf(knots), scale.threshold().applyAsDouble(last[0]));
  }

  /** Least squares over the tail. */
  private static double slope(List<double[]> counted, Scale scale) {
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
    return variance == 0
        ? scale.gentlest()
        : Math.clamp(covariance / variance, scale.steepest(), scale.gentlest());
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
