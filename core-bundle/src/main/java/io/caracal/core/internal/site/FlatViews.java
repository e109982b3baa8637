package io.caracal.core.internal.site;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The features of the views whose rows have no further dimension.
 *
 * @param views the views of the batches that were looked at
 */
public record FlatViews(List<View> views) {
  /** These, or those of a batch if it carries others. */
  public FlatViews of(FlowBatch batch) {
    return views.equals(batch.views()) ? this : new FlatViews(batch.views());
  }

  private List<ViewDescription> flat() {
    return views.stream().map(View::description).filter(view -> view.shape().size() == 1).toList();
  }

  /** {@code VIEW/COLUMN} of what {@link #row} returns. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (ViewDescription view : flat()) {
      view.columns().stream()
          .filter(column -> column.use() == Use.FEATURE)
          .forEach(column -> names.add(view.name() + "/" + column.name()));
    }
    return names;
  }

  /** A record's features. */
  public float[] row(FlowBatch batch, int row) {
    List<ViewDescription> flat = flat();
    float[] values = new float[flat.stream().mapToInt(ViewDescription::width).sum()];
    int at = 0;
    for (ViewDescription view : flat) {
      int from = row * view.width();
      for (int column = 0; column < view.width(); column++) {
        if (view.columns().get(column).use() == Use.FEATURE) {
          values[at++] = batch.view(view.name()).get(from + column);
        }
      }
    }
    return at == values.length ? values : Arrays.copyOf(values, at);
  }
}
