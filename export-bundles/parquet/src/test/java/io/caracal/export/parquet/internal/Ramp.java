package io.caracal.export.parquet.internal;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.ViewDescription;
import io.caracal.testkit.RowView;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** A view whose columns hold the halves of what a function makes of their number. */
record Ramp(ViewDescription description, IntUnaryOperator value) implements FeatureView {
  /** Columns of 0.5, 1, 1.5 and so on. */
  static Ramp halves(String name, int width) {
    return new Ramp(RowView.of(name, width).description(), column -> column + 1);
  }

  /** Columns that no encoding can shorten. */
  static Ramp noise(int width) {
    Random random = new Random(1);
    return new Ramp(RowView.of("noise", width).description(), column -> random.nextInt());
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    for (int column = 0; column < description.width(); column++) {
      row.put(offset + column, value.applyAsInt(column) / 2f);
    }
  }
}
