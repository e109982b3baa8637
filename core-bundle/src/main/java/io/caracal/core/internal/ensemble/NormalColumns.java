package io.caracal.core.internal.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the columns of the flat views are distributed over normal flows.
 *
 * @param levels shares of normal flows, ascending between 0 and 1
 * @param columns by {@code VIEW/COLUMN} the value that so many normal flows do not exceed, one for
 *     each level
 */
public record NormalColumns(List<Double> levels, Map<String, List<Double>> columns) {
  private static final List<Double> LEVELS =
      List.of(0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999);

  /** Copies both, in an order that does not change from run to run: a profile is written of it. */
  public NormalColumns {
    Objects.requireNonNull(levels, "normal needs levels");
    Objects.requireNonNull(columns, "normal needs columns");
    levels = List.copyOf(levels);
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
  }

  /**
   * Counts normal flows.
   *
   * @param columns by {@code VIEW/COLUMN} the values of all of them, at least one
   */
  public static NormalColumns of(Map<String, float[]> columns) {
    Map<String, List<Double>> quantiles = new HashMap<>();
    columns.forEach((name, values) -> quantiles.put(name, quantiles(values)));
    return new NormalColumns(LEVELS, quantiles);
  }

  private static List<Double> quantiles(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Double> quantiles = new ArrayList<>();
    for (double level : LEVELS) {
      quantiles.add((double) sorted[(int) Math.ceil(level * sorted.length) - 1]);
    }
    return quantiles;
  }

  /** Throws IllegalArgumentException with a sentence unless it is whole. */
  void check() {
    ascending(levels, "the levels of normal");
    columns.forEach(
        (name, values) -> {
          if (values.size() != levels.size()) {
            throw new IllegalArgumentException(
                "normal has " + values.size() + " values of " + name + " for " + levels.size());
          }
          ascending(values, "the values of " + name + " in normal");
        });
  }

  private static void ascending(List<Double> values, String what) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) < values.get(i - 1)) {
        throw new IllegalArgumentException(what + " do not ascend");
      }
    }
  }

  /**
   * The share of normal flows with less than a value, linear between levels; not a number for a
   * column that was not learnt.
   */
  double shareBelow(String column, double value) {
    List<Double> values = columns.get(column);
    if (values == null) {
      return Double.NaN;
    }
    int next = 0;
    while (next < values.size() && values.get(next) < value) {
      next++;
    }
    if (next == 0) {
      return 0;
    }
    if (next == values.size()) {
      return levels.getLast();
    }
    double from = values.get(next - 1);
    double way = (value - from) / (values.get(next) - from);
    return levels.get(next - 1) + way * (levels.get(next) - levels.get(next - 1));
  }
}
