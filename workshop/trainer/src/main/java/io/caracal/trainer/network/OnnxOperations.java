package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import java.util.List;

/** On names of values in an ONNX graph. */
final class OnnxOperations implements Operations<String> {
  private final OnnxGraph graph;
  private final Parameters parameters;

  OnnxOperations(OnnxGraph graph, Parameters parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  @Override
  public String dense(String layer, String x) {
    if (parameters.hasBias(layer)) {
      return Layers.dense(graph, parameters, layer, x);
    }
    String weight = layer + ".weight";
    return graph.node(
        "Gemm",
        List.of(x, graph.constant(parameters.values(weight), parameters.shape(weight))),
        node -> node.addAttribute(OnnxGraph.attribute("transB", 1)));
  }

  @Override
  public String leaky(String x) {
    return graph.node("PRelu", x, graph.constant((float) SLOPE));
  }

  @Override
  public String constant(float[] values, long... shape) {
    return graph.constant(values, shape);
  }

  @Override
  public String add(String a, String b) {
    return graph.node("Add", a, b);
  }

  @Override
  public String subtract(String a, String b) {
    return graph.node("Sub", a, b);
  }

  @Override
  public String multiply(String a, String b) {
    return graph.node("Mul", a, b);
  }

  @Override
  public String exp(String x) {
    return graph.node("Exp", x);
  }

  @Override
  public String log(String x) {
    return graph.node("Log", x);
  }

  @Override
  public String abs(String x) {
    return graph.node("Abs", x);
  }

  @Override
  public String mean(String x) {
    return reduced("ReduceMean", x, -1);
  }

  @Override
  public String least(String x) {
    return reduced("ReduceMin", x, -1);
  }

  private String reduced(String operator, String x, long axis) {
    return graph.node(
        operator,
        List.of(x),
        node ->
            node.addAttribute(OnnxGraph.attribute("axes", new long[] {axis}))
                .addAttribute(OnnxGraph.attribute("keepdims", 0)));
  }

  @Override
  public String raised(String x) {
    return graph.node("Unsqueeze", x, graph.integers(1));
  }

  @Override
  public String columns(String x, long first, long count) {
    return Layers.narrow(graph, x, 1, first, count);
  }

  @Override
  public String folded(String x, long width) {
    return graph.node("Reshape", x, graph.integers(-1, width));
  }

  @Override
  public String averaged(String x, long rows, long width) {
    return reduced("ReduceMean", graph.node("Reshape", x, graph.integers(-1, rows, width)), 1);
  }
}
