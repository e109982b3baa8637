package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Selected columns of raw rows, normalised: those that mean something each by itself. */
public final class FlatColumns {
  private final long[] columns;
  private final Normalisation normalisation;

  private FlatColumns(long[] columns, Normalisation normalisation) {
    this.columns = columns;
    this.normalisation = normalisation;
  }

  /**
   * Fits the normalisation of columns.
   *
   * @param layout how the rows are made
   * @param columns indices in the raw row, possibly none
   * @param rows raw rows to fit to
   * @param clip bound of normalised values
   * @return the columns
   */
  public static FlatColumns fit(InputLayout layout, int[] columns, float[] rows, float clip) {
    List<float[]> values = new ArrayList<>();
    for (int column : columns) {
      float[] one = new float[rows.length / layout.width()];
      for (int i = 0; i < one.length; i++) {
        one[i] = rows[i * layout.width() + column];
      }
      values.add(one);
    }
    return new FlatColumns(
        Arrays.stream(columns).asLongStream().toArray(), Normalisation.fit(values, clip));
  }

  /** How many there are. */
  public int width() {
    return columns.length;
  }

  /** Normalised values, (N, width). */
  Tensor values(Tensor rows) {
    return normalisation.apply(rows.index_select(1, torch.tensor(columns)), 1, columns.length);
  }

  /** The same in a graph. */
  String node(OnnxGraph graph, String rows) {
    String selected =
        graph.node(
            "Gather",
            List.of(rows, graph.integers(columns)),
            node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    return normalisation.apply(graph, selected, 1, columns.length);
  }
}
