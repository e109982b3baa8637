package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A point of a curve.
 *
 * @param x abscissa
 * @param y ordinate
 */
public record Point(double x, double y) {
  /** Below this false-positive rate a logarithmic axis ends. */
  public static final double LEAST_RATE = 1e-5;

  private static final double STEP = 0.004;
  private static final double DECADE_STEP = 0.02;

  /**
   * Keeps what an eye can tell apart on a plot, the first and the last point always.
   *
   * @param curve the whole curve
   * @return a part of it
   */
  static List<Point> thin(List<Point> curve) {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < curve.size(); i++) {
      Point point = curve.get(i);
      if (i == 0 || i == curve.size() - 1 || point.farFrom(kept.getLast())) {
        kept.add(point);
      }
    }
    return kept;
  }

  private boolean farFrom(Point other) {
    return Math.abs(y - other.y) > STEP
        || Math.abs(x - other.x) > STEP
        || Math.abs(decades(x) - decades(other.x)) > DECADE_STEP;
  }

  private static double decades(double rate) {
    return Math.log10(Math.max(rate, LEAST_RATE));
  }

  static void into(ArrayNode array, List<Point> curve) {
    for (Point point : thin(curve)) {
      array.addArray().add(Figures.rounded(point.x)).add(Figures.rounded(point.y));
    }
  }
}
