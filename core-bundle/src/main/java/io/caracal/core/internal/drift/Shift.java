package io.caracal.core.internal.drift;

import io.caracal.core.internal.drift.DriftRow.Source;
import io.caracal.core.internal.site.Histogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far records lie from the reference.
 *
 * @param index median over the detectors of {@code detectors}
 * @param detectors population stability index of each detector's p-values
 * @param columns the same of the columns of flat views
 * @param concentrated whether the shift is gone without the host that contributes most
 * @param hosts initiators among the records
 */
record Shift(
    double index,
    Map<String, Double> detectors,
    Map<String, Double> columns,
    boolean concentrated,
    int hosts) {
  /** Above it much has changed (Siddiqi 2006). */
  static final double MUCH = 0.25;

  private static final double MOST_SHARE = 0.1;

  /**
   * Compares.
   *
   * @param partial detectors that were not asked about every flow
   * @param names of the rows' columns
   */
  static Shift of(
      List<DriftRow> rows, DriftReference reference, Set<String> partial, List<String> names) {
    Map<Source, Double> share = new HashMap<>();
    Map<Source, Double> evidence = new HashMap<>();
    for (DriftRow row : rows) {
      share.merge(row.source(), 1.0, Double::sum);
      evidence.merge(row.source(), row.meanEvidence() - DriftReference.MEAN, Double::sum);
    }
    Map<String, Double> detectors = detectors(rows, share, reference, partial);
    double index = median(detectors);
    boolean concentrated = false;
    if (index > MUCH && share.size() > 1) {
      Source most =
          evidence.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      List<DriftRow> others = rows.stream().filter(r -> !r.source().equals(most)).toList();
      concentrated = median(detectors(others, share, reference, partial)) <= MUCH;
    }
    return new Shift(
        index, detectors, columns(rows, share, reference, names), concentrated, share.size());
  }

  private static Map<String, Double> detectors(
      List<DriftRow> rows,
      Map<Source, Double> share,
      DriftReference reference,
      Set<String> partial) {
    Map<String, Double> psi = new TreeMap<>();
    for (int member = 0; member < reference.members().size(); member++) {
      int at = member;
      String id = reference.members().get(member).id();
      if (!partial.contains(id)) {
        psi.put(id, psi(DriftReference.EVEN, rows, share, row -> row.evidence(at)));
      }
    }
    return psi;
  }

  private static Map<String, Double> columns(
      List<DriftRow> rows,
      Map<Source, Double> share,
      DriftReference reference,
      List<String> names) {
    Map<String, Double> psi = new TreeMap<>();
    List<DriftRow> wide = rows.stream().filter(row -> row.width() == names.size()).toList();
    for (int column = 0; column < names.size(); column++) {
      Histogram known = reference.columns().get(names.get(column));
      if (known != null && !wide.isEmpty()) {
        int at = column;
        psi.put(names.get(column), psi(known, wide, share, row -> row.column(at)));
      }
    }
    return psi;
  }

  /** What of a row is compared. */
  @FunctionalInterface
  private interface Value {
    float of(DriftRow row);
  }

  /** No host counts for more than a tenth. */
  private static double psi(
      Histogram known, List<DriftRow> rows, Map<Source, Double> share, Value value) {
    double[] shares = new double[known.shares().size()];
    double sum = 0;
    double most = MOST_SHARE * rows.size();
    for (DriftRow row : rows) {
      float x = value.of(row);
      if (!Float.isNaN(x)) {
        double weight = Math.min(1, most / share.getOrDefault(row.source(), 1.0));
        shares[known.bin(x)] += weight;
        sum += weight;
      }
    }
    List<Double> others = new ArrayList<>();
    for (double part : shares) {
      others.add(sum == 0 ? 0 : part / sum);
    }
    return sum == 0 ? 0 : known.psi(others);
  }

  private static double median(Map<String, Double> values) {
    List<Double> sorted = values.values().stream().sorted().toList();
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return 0;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The columns that changed much, most first. */
  List<Map.Entry<String, Double>> changedColumns(int most) {
    return columns.entrySet().stream()
        .filter(entry -> entry.getValue() > MUCH)
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .toList();
  }
}
