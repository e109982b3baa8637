package io.caracal.testkit;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.ViewDescription;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A view without the code that computes it, for batches whose rows are given: see {@link
 * io.caracal.api.flow.FlowBatch#addRow}.
 *
 * @param description name, version and columns
 */
public record RowView(ViewDescription description) implements FeatureView {
  /** A view of version 1.0 with columns {@code c0}, {@code c1} and so on. */
  public static RowView of(String name, Integer... shape) {
    int width = List.of(shape).stream().reduce(1, (a, b) -> a * b);
    List<ViewDescription.Column> columns =
        IntStream.range(0, width)
            .mapToObj(i -> new ViewDescription.Column("c" + i, "count", "Column " + i + "."))
            .toList();
    return new RowView(new ViewDescription(name, "1.0", List.of(shape), columns));
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    throw new UnsupportedOperationException(
        "the rows of view " + description.name() + " are given, not computed");
  }
}
