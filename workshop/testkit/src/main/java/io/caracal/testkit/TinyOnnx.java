package io.caracal.testkit;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Collections;
import java.util.List;

/** ONNX models of a few hundred bytes whose answers can be computed by hand. */
public final class TinyOnnx {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private TinyOnnx() {}

  /**
   * Unsupervised: {@code score} (N, 1) is {@code scale} times the sum of the absolute values of
   * {@code input} (N, width).
   */
  public static ModelProto distance(int width, float scale) {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("distance")
            .addInput(tensor("input", width))
            .addOutput(tensor("score", 1))
            .addInitializer(constant("scale", List.of(), List.of(scale)))
            .addNode(
                node("ReduceL1", List.of("input"), "sum")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("axes")
                            .setType(AttributeProto.AttributeType.INTS)
                            .addInts(1)))
            .addNode(node("Mul", List.of("sum", "scale"), "score"))
            .build();
    return model(graph);
  }

  /**
   * Supervised: {@code score} (N, 1) is the logistic function of the sum of {@code input} (N,
   * width), {@code classes} (N, 2) divides it as 1 to 3.
   */
  public static ModelProto logistic(int width) {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("logistic")
            .addInput(tensor("input", width))
            .addOutput(tensor("score", 1))
            .addOutput(tensor("classes", 2))
            .addInitializer(constant("ones", List.of(width, 1), Collections.nCopies(width, 1f)))
            .addInitializer(constant("shares", List.of(1, 2), List.of(0.25f, 0.75f)))
            .addNode(node("MatMul", List.of("input", "ones"), "sum"))
            .addNode(node("Sigmoid", List.of("sum"), "score"))
            .addNode(node("MatMul", List.of("score", "shares"), "classes"))
            .build();
    return model(graph);
  }

  /** A model whose {@code score} is the square root of the first of {@code width} inputs. */
  public static ModelProto root(int width) {
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("root")
            .addInput(tensor("input", width))
            .addOutput(tensor("score", 1))
            .addInitializer(index("zero", 0))
            .addInitializer(index("one", 1))
            .addNode(node("Slice", List.of("input", "zero", "one", "one"), "first"))
            .addNode(node("Sqrt", List.of("first"), "score"))
            .build();
    return model(graph);
  }

  /**
   * A model that never answers: a {@code Loop} that goes on for ever where the first input is above
   * a {@code limit}, and otherwise ends at once with {@code score} as {@link #distance} gives it.
   */
  public static ModelProto endless(int width, float scale, float limit) {
    GraphProto.Builder graph = distance(width, scale).getGraph().toBuilder();
    NodeProto score = graph.getNode(1).toBuilder().setName("sure").setOutput(0, "sure").build();
    return model(
        graph
            .setName("endless")
            .setNode(1, score)
            .addInitializer(constant("limit", List.of(), List.of(limit)))
            .addNode(
                node("ReduceMax", List.of("input"), "largest")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("keepdims")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(0)))
            .addNode(node("Greater", List.of("largest", "limit"), "above"))
            .addNode(
                node("Loop", List.of("", "above", "sure"), "score")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("body")
                            .setType(AttributeProto.AttributeType.GRAPH)
                            .setG(sameAgain())))
            .build());
  }

  /** The body of a loop that changes nothing. */
  private static GraphProto sameAgain() {
    return GraphProto.newBuilder()
        .setName("again")
        .addInput(scalar("round", TensorProto.DataType.INT64))
        .addInput(scalar("on", TensorProto.DataType.BOOL))
        .addInput(tensor("before", 1))
        .addOutput(scalar("stillOn", TensorProto.DataType.BOOL))
        .addOutput(tensor("after", 1))
        .addNode(node("Identity", List.of("on"), "stillOn"))
        .addNode(node("Identity", List.of("before"), "after"))
        .build();
  }

  private static ValueInfoProto scalar(String name, TensorProto.DataType type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(TensorShapeProto.getDefaultInstance())))
        .build();
  }

  /** A graph as a model of a common operator set. */
  public static ModelProto model(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("caracal testkit")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(inputs)
        .addOutput(output);
  }

  private static TensorProto constant(String name, List<Integer> shape, List<Float> values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT.getNumber())
        .addAllDims(shape.stream().map(Integer::longValue).toList())
        .addAllFloatData(values)
        .build();
  }

  private static TensorProto index(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addDims(1)
        .addInt64Data(value)
        .build();
  }

  private static ValueInfoProto tensor(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
