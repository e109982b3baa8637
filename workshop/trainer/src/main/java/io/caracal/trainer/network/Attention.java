package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Scaled dot-product attention of several heads. In the graph it is ONNX Runtime's fused operator,
 * which holds the projection to queries, keys and values too.
 *
 * @param heads how many
 * @param causal whether a packet sees only itself and those before
 */
record Attention(int heads, boolean causal) {
  /** Added to what must not be attended to; the fused operator's own value. */
  private static final double NEVER = -10_000;

  /** What to add to the products of queries and keys, (N, 1, 1 or T, T). */
  Tensor bias(Tensor mask) {
    Tensor padding =
        mask.sub(Tensors.scalar(1)).mul(Tensors.scalar(-NEVER)).transpose(1, 2).unsqueeze(1);
    if (!causal) {
      return padding;
    }
    int length = (int) mask.size(1);
    float[] future = new float[length * length];
    for (int query = 0; query < length; query++) {
      for (int key = query + 1; key < length; key++) {
        future[query * length + key] = (float) NEVER;
      }
    }
    return padding.add(Tensors.of(future, 1, 1, length, length));
  }

  /** Attends; {@code joined} are queries, keys and values side by side, (N, T, 3 width). */
  Tensor apply(Tensor joined, Tensor bias) {
    long length = joined.size(1);
    long width = joined.size(2) / 3;
    Tensor split = joined.reshape(-1, length, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
    Tensor products = split.select(0, 0).matmul(split.select(0, 1).transpose(2, 3));
    Tensor weights =
        products.mul(Tensors.scalar(1 / Math.sqrt((double) width / heads))).add(bias).softmax(3);
    return weights.matmul(split.select(0, 2)).transpose(1, 2).reshape(-1, length, width);
  }

  /** The mask of keys as the fused operator wants it, int32 of (N, T). */
  static String keys(OnnxGraph graph, String mask, int length) {
    String flat = graph.node("Reshape", mask, graph.integers(-1, length));
    return graph.node(
        "Cast", List.of(flat), node -> node.addAttribute(OnnxGraph.attribute("to", 6)));
  }

  /** Projects and attends in a graph. */
  String apply(OnnxGraph graph, Parameters parameters, String layer, String x, String keys) {
    long[] shape = parameters.shape(layer + ".weight");
    float[] transposed = Layers.transposed(parameters.values(layer + ".weight"), shape);
    return graph.fused(
        "Attention",
        List.of(
            x,
            graph.constant(transposed, shape[1], shape[0]),
            graph.constant(parameters.values(layer + ".bias"), shape[0]),
            keys),
        node ->
            node.addAttribute(OnnxGraph.attribute("num_heads", heads))
                .addAttribute(OnnxGraph.attribute("unidirectional", causal ? 1 : 0)));
  }
}
