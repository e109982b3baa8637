package io.caracal.benchmarks.plugins;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.caracal.api.flow.ViewDescription;
import io.caracal.testkit.ModelBundleJar;
import io.caracal.testkit.TinyModelBundle;
import io.caracal.testkit.TinyOnnx;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Model bundles of about 1 MB: two dense layers with rectifiers over every column of a view, the
 * score the sum of the last one. Each version has weights of its own.
 */
final class DenseModel {
  static final String ID = "dense";
  static final String NAME = "test.model." + ID;

  private static final int HIDDEN = 512;
  private static final int LAST = 420;
  private static final int GOLDEN_ROWS = 8;

  private final ViewDescription view;
  private final String version;
  private final SplittableRandom random;
  private final float[] first;
  private final float[] second;

  private DenseModel(ViewDescription view, int number) {
    this.view = view;
    this.version = version(number);
    this.random = new SplittableRandom(number);
    this.first = weights(view.width(), HIDDEN);
    this.second = weights(HIDDEN, LAST);
  }

  static String version(int number) {
    return "1.0." + number;
  }

  /** A version, complete with its golden vectors. */
  static ModelBundleJar of(ViewDescription view, int number) {
    return new DenseModel(view, number).bundle();
  }

  private float[] weights(int inputs, int outputs) {
    float[] weights = new float[inputs * outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((random.nextDouble() - 0.5) / Math.sqrt(inputs));
    }
    return weights;
  }

  private ModelBundleJar bundle() {
    byte[] model = TinyOnnx.model(graph()).toByteArray();
    return ModelBundleJar.of(NAME, version, "onnx", view.name(), 1)
        .with("model.json", descriptor(model))
        .with("model.onnx", model)
        .with("golden.json", golden());
  }

  private GraphProto graph() {
    return GraphProto.newBuilder()
        .setName("dense")
        .addInput(tensor("input", view.width()))
        .addOutput(tensor("score", 1))
        .addInitializer(constant("first", view.width(), HIDDEN, first))
        .addInitializer(constant("second", HIDDEN, LAST, second))
        .addNode(node("MatMul", "a", "input", "first"))
        .addNode(node("Relu", "b", "a"))
        .addNode(node("MatMul", "c", "b", "second"))
        .addNode(node("Relu", "d", "c"))
        .addNode(
            node("ReduceL1", "score", "d")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("axes")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(1)))
        .build();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setName(output)
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static TensorProto constant(String name, int rows, int columns, float[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(rows)
            .addDims(columns);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
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

  private String descriptor(byte[] model) {
    String columns =
        view.columns().stream()
            .map(column -> '"' + column.name() + '"')
            .collect(Collectors.joining(", "));
    return """
    {
      "format": 1, "id": "%s", "version": "%s", "family": "dense layers",
      "kind": "unsupervised", "model": "model.onnx", "sha256": "%s",
      "inputs": [{"name": "input", "view": "%s", "version": "%s", "shape": [%d],
                  "columns": [%s]}],
      "outputs": {"score": "score"},
      "minimumPackets": 1, "threshold": 1e30, "typical": {"%s": %s},
      "flows": {"idleTimeout": 120, "activeTimeout": 1800, "activityTimeout": 5,
                "checkpointPackets": [8, 32], "checkpointInterval": 30},
      "training": {}, "metrics": {}
    }
    """
        .formatted(
            ID,
            version,
            TinyModelBundle.sha256(model),
            view.name(),
            view.version(),
            view.width(),
            columns,
            view.name(),
            Collections.nCopies(view.width(), 0));
  }

  private String golden() {
    return IntStream.range(0, GOLDEN_ROWS)
        .mapToObj(row -> golden(random.doubles(view.width()).toArray()))
        .collect(Collectors.joining(",\n", "{\"tolerance\": 1e-3, \"rows\": [\n", "]}"));
  }

  private String golden(double[] input) {
    double[] last = layer(second, layer(first, input));
    return String.format(
        Locale.ROOT,
        "{\"inputs\": {\"%s\": %s}, \"packets\": 5, \"score\": %s}",
        view.name(),
        Arrays.toString(input),
        Arrays.stream(last).sum());
  }

  private static double[] layer(float[] weights, double[] input) {
    double[] output = new double[weights.length / input.length];
    for (int i = 0; i < input.length; i++) {
      for (int j = 0; j < output.length; j++) {
        output[j] += input[i] * weights[i * output.length + j];
      }
    }
    return Arrays.stream(output).map(value -> Math.max(0, value)).toArray();
  }
}
