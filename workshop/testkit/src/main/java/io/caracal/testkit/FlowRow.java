package io.caracal.testkit;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A flow given by its columns.
 *
 * @param packets packets of the initiator
 * @param columns for each view its row, flattened row-major
 */
public record FlowRow(long packets, Map<String, float[]> columns) {
  private static final FlowIdentity SOMEBODY =
      new FlowIdentity(false, 0, 0x0a000001, 40_000, 0, 0x0a000002, 443, 6, 0, false);

  /** A row that holds one value everywhere. */
  public static FlowRow filled(List<View> views, long packets, float value) {
    Map<String, float[]> columns = new LinkedHashMap<>();
    for (View view : views) {
      float[] row = new float[view.description().width()];
      Arrays.fill(row, value);
      columns.put(view.description().name(), row);
    }
    return new FlowRow(packets, columns);
  }

  /** A row of values around 0 whose sizes span several decades, as those of traffic do. */
  public static FlowRow random(List<View> views, long packets, Random random) {
    FlowRow filled = filled(views, packets, 0);
    for (float[] row : filled.columns().values()) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5) - 1));
      }
    }
    return filled;
  }

  /** A batch of exactly these flows. */
  public static FlowBatch batch(List<View> views, List<FlowRow> rows) {
    FlowBatch batch = new FlowBatch(Math.max(1, rows.size()), views);
    for (FlowRow row : rows) {
      batch.addRow(SOMEBODY, row.packets(), 0, row.columns());
    }
    return batch;
  }
}
