package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Layers that stand in both forms: libtorch operations and ONNX nodes. */
final class Layers {
  /** ONNX's default as well as libtorch's. */
  private static final double EPSILON = 1e-5;

  private Layers() {}

  static Tensor dense(Parameters parameters, String layer, Tensor x) {
    return torch.linear(x, parameters.weight(layer), Tensors.some(parameters.bias(layer)));
  }

  static String dense(OnnxGraph graph, Parameters parameters, String layer, String x) {
    String weight =
        graph.constant(parameters.values(layer + ".weight"), parameters.shape(layer + ".weight"));
    String bias =
        graph.constant(parameters.values(layer + ".bias"), parameters.shape(layer + ".bias"));
    return graph.node(
        "Gemm",
        List.of(x, weight, bias),
        node -> node.addAttribute(OnnxGraph.attribute("transB", 1)));
  }

  /** The same over the last dimension of (N, T, C). */
  static String projected(OnnxGraph graph, Parameters parameters, String layer, String x) {
    long[] shape = parameters.shape(layer + ".weight");
    float[] weight = transposed(parameters.values(layer + ".weight"), shape);
    String product = graph.node("MatMul", x, graph.constant(weight, shape[1], shape[0]));
    return graph.node("Add", product, graph.constant(parameters.values(layer + ".bias"), shape[0]));
  }

  /** A matrix with rows and columns exchanged. */
  static float[] transposed(float[] matrix, long... shape) {
    int rows = (int) shape[0];
    int columns = (int) shape[1];
    float[] result = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = matrix[row * columns + column];
      }
    }
    return result;
  }

  /** Layer normalisation over the last dimension. */
  static Tensor norm(Parameters parameters, String layer, Tensor x) {
    return torch.layer_norm(
        x,
        parameters.shape(layer + ".weight"),
        Tensors.some(parameters.weight(layer)),
        Tensors.some(parameters.bias(layer)),
        EPSILON,
        false);
  }

  static String norm(OnnxGraph graph, Parameters parameters, String layer, String x) {
    long[] shape = parameters.shape(layer + ".weight");
    return graph.node(
        "LayerNormalization",
        x,
        graph.constant(parameters.values(layer + ".weight"), shape),
        graph.constant(parameters.values(layer + ".bias"), shape));
  }

  /** Some entries along a dimension. */
  static String narrow(OnnxGraph graph, String x, long dimension, long from, long count) {
    return graph.node(
        "Slice", x, graph.integers(from), graph.integers(from + count), graph.integers(dimension));
  }

  /** The sum over a dimension, which goes. */
  static String sum(OnnxGraph graph, String x, long dimension) {
    return graph.node(
        "ReduceSum",
        List.of(x, graph.integers(dimension)),
        node -> node.addAttribute(OnnxGraph.attribute("keepdims", 0)));
  }

  /** The largest along a dimension, which goes. */
  static String max(OnnxGraph graph, String x, long dimension) {
    return graph.node(
        "ReduceMax",
        List.of(x),
        node ->
            node.addAttribute(OnnxGraph.attribute("axes", new long[] {dimension}))
                .addAttribute(OnnxGraph.attribute("keepdims", 0)));
  }

  /** Squares of small errors, sizes of large ones: a few wild values must not rule. */
  static Tensor huber(Tensor error) {
    Tensor size = error.abs();
    Tensor small = size.clamp_max(Tensors.scalar(1));
    return small.mul(size.sub(small.mul(Tensors.scalar(0.5))));
  }

  static String transposed(OnnxGraph graph, String x, long... order) {
    return graph.node(
        "Transpose", List.of(x), node -> node.addAttribute(OnnxGraph.attribute("perm", order)));
  }

  /** Convolution along time that keeps the length; the kernel is odd. */
  static Tensor convolution(Parameters parameters, String layer, long dilation, Tensor x) {
    long kernel = parameters.shape(layer + ".weight")[2];
    return torch.conv1d(
        x,
        parameters.weight(layer),
        Tensors.some(parameters.bias(layer)),
        new long[] {1},
        new long[] {dilation * (kernel / 2)},
        new long[] {dilation},
        1);
  }

  /**
   * The same over (N, channels, 1, time): ONNX Runtime runs a 1xK two-dimensional convolution about
   * 1.3 times faster than a one-dimensional one.
   */
  static String convolution(
      OnnxGraph graph, Parameters parameters, String layer, long dilation, String x) {
    long[] shape = parameters.shape(layer + ".weight");
    long kernel = shape[2];
    long padding = dilation * (kernel / 2);
    String weight =
        graph.constant(parameters.values(layer + ".weight"), shape[0], shape[1], 1, kernel);
    String bias = graph.constant(parameters.values(layer + ".bias"), shape[0]);
    return graph.node(
        "Conv",
        List.of(x, weight, bias),
        node ->
            node.addAttribute(OnnxGraph.attribute("kernel_shape", new long[] {1, kernel}))
                .addAttribute(OnnxGraph.attribute("dilations", new long[] {1, dilation}))
                .addAttribute(OnnxGraph.attribute("pads", new long[] {0, padding, 0, padding})));
  }

  /** Declares the outputs of a classifier with so many classes, of which the first is benign. */
  static void classes(OnnxGraph graph, String logits, int classes) {
    String probabilities =
        graph.node(
            "Softmax", List.of(logits), node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    String attacks = narrow(graph, probabilities, 1, 1, classes - 1);
    graph.output("score", graph.node("Min", sum(graph, attacks, 1), graph.constant(1)));
    graph.output("classes", attacks, classes - 1);
  }
}
