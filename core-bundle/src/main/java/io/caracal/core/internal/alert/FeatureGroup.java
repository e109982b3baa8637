package io.caracal.core.internal.alert;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Columns of a view that say the same in several ways: the statistics of one quantity, or one count
 * over several lengths of time. Replacing one of them alone changes little, as the others still
 * tell, so they are replaced together.
 *
 * @param view the view
 * @param columns their numbers
 * @param typical the values of the whole view over benign traffic; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // A detector's own array, shared by all groups of a view.
record FeatureGroup(ViewDescription view, List<Integer> columns, float[] typical) {
  /** What two names may differ in: a statistic, or a length of time at the end. */
  private static final Pattern WAY_OF_TELLING =
      Pattern.compile(
          "\\b(Mean|Std|Max|Min|Variance|Average|Avg|Total|Tot)\\b|_[0-9]+(s|m|min|h)$");

  FeatureGroup {
    columns = List.copyOf(columns);
  }

  /**
   * The groups of a batch's views of which somebody knows the typical values, without those that
   * are typical in a row.
   *
   * @param typical values by the name of the view
   */
  static List<FeatureGroup> of(FlowBatch batch, int row, Map<String, float[]> typical) {
    List<FeatureGroup> groups = new ArrayList<>();
    for (View view : batch.views()) {
      ViewDescription description = view.description();
      float[] values = typical.get(description.name());
      if (values != null && values.length == description.width()) {
        byQuantity(description)
            .forEach(
                columns -> {
                  FeatureGroup group = new FeatureGroup(description, columns, values);
                  if (group.unusual(batch, row)) {
                    groups.add(group);
                  }
                });
      }
    }
    return groups;
  }

  private static Iterable<List<Integer>> byQuantity(ViewDescription view) {
    Map<String, List<Integer>> columns = new LinkedHashMap<>();
    for (int column = 0; column < view.width(); column++) {
      String name = view.columns().get(column).name();
      String quantity = WAY_OF_TELLING.matcher(name).replaceAll("").replaceAll(" +", " ").strip();
      columns.computeIfAbsent(quantity, q -> new ArrayList<>()).add(column);
    }
    return columns.values();
  }

  private boolean unusual(FlowBatch batch, int row) {
    FloatBuffer values = batch.view(view.name());
    return columns.stream()
        .anyMatch(column -> values.get(row * view.width() + column) != typical[column]);
  }

  /** Puts the typical values into a row. */
  void makeTypical(FlowBatch batch, int row) {
    FloatBuffer values = batch.view(view.name());
    for (int column : columns) {
      values.put(row * view.width() + column, typical[column]);
    }
  }

  /** The column that is furthest from typical, by the larger of the two values. */
  int spokesman(FlowBatch batch, int row) {
    FloatBuffer values = batch.view(view.name());
    int best = columns.getFirst();
    double most = -1;
    for (int column : columns) {
      double actual = values.get(row * view.width() + column);
      double distance = Math.abs(actual - typical[column]);
      double share =
          distance / Math.max(1e-9, Math.max(Math.abs(actual), Math.abs(typical[column])));
      if (share > most) {
        most = share;
        best = column;
      }
    }
    return best;
  }
}
