package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The columns of a raw row that a network reads, normalised. */
public final class FlatInput {
  private final InputLayout layout;
  private final long[] columns;
  private final Normalisation normalisation;

  /**
   * An input.
   *
   * @param layout the views
   * @param columns indices in the raw row of those that are read
   * @param normalisation one entry per column that is read
   */
  public FlatInput(InputLayout layout, int[] columns, Normalisation normalisation) {
    this.layout = layout;
    this.columns = Arrays.stream(columns).asLongStream().toArray();
    this.normalisation = normalisation;
  }

  InputLayout layout() {
    return layout;
  }

  /** Number of columns that are read. */
  public int width() {
    return columns.length;
  }

  /** Raw rows (N, width of the layout) to normalised columns (N, width). */
  Tensor of(Tensor rows) {
    return normalisation.apply(rows.index_select(1, torch.tensor(columns)), 1, columns.length);
  }

  /** Declares the inputs of a graph and names the normalised columns, (N, width). */
  String of(OnnxGraph graph) {
    String selected =
        graph.node(
            "Gather",
            List.of(graph.rows(layout), graph.integers(columns)),
            node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    return normalisation.apply(graph, selected, 1, columns.length);
  }
}
