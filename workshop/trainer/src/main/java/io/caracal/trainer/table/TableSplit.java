package io.caracal.trainer.table;

import io.caracal.trainer.corpus.Part;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Divides the rows of a table. Where rows have a time, each label's earliest go to training, the
 * next to calibration and the last to validation. Elsewhere a hash of a row's values decides, so
 * that equal rows, of which such tables are full, are never on two sides.
 */
final class TableSplit {
  static final double CALIBRATION = 0.15;
  static final double VALIDATION = 0.25;

  private static final long SEED = 20261122;

  private TableSplit() {}

  /**
   * Divides.
   *
   * @param table the rows
   * @param tested whether another table is the validation part
   * @return one part per row
   */
  static Part[] parts(FlowTable table, boolean tested) {
    double validation = tested ? 0 : VALIDATION;
    return table.times().isEmpty() ? byContent(table, validation) : byTime(table, validation);
  }

  /** One part for all. */
  static Part[] only(Part part, int count) {
    Part[] parts = new Part[count];
    Arrays.fill(parts, part);
    return parts;
  }

  private static Part[] byContent(FlowTable table, double validation) {
    Part[] parts = new Part[table.count()];
    int width = table.columns().size();
    for (int row = 0; row < parts.length; row++) {
      int from = row * width;
      int hash = Arrays.hashCode(Arrays.copyOfRange(table.values(), from, from + width));
      parts[row] = part(1 - new SplittableRandom(SEED ^ hash).nextDouble(), validation);
    }
    return parts;
  }

  private static Part[] byTime(FlowTable table, double validation) {
    Part[] parts = new Part[table.count()];
    Map<String, List<Integer>> labels =
        IntStream.range(0, parts.length)
            .boxed()
            .collect(Collectors.groupingBy(table.labels()::get, TreeMap::new, Collectors.toList()));
    for (List<Integer> rows : labels.values()) {
      List<Integer> sorted =
          rows.stream().sorted(Comparator.comparing(table.times()::get)).toList();
      for (int i = 0; i < sorted.size(); i++) {
        parts[sorted.get(i)] = part((i + 1.0) / sorted.size(), validation);
      }
    }
    return parts;
  }

  /** By the place in the order, 0 excluded, 1 included. */
  private static Part part(double place, double validation) {
    if (place > 1 - validation) {
      return Part.VALIDATION;
    }
    return place > 1 - validation - CALIBRATION ? Part.CALIBRATION : Part.TRAIN;
  }
}
