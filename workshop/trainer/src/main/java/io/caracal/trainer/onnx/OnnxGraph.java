package io.caracal.trainer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.caracal.trainer.rows.InputLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * Builds an ONNX model node by node. Values are known by their names; names are numbered in the
 * order of creation, so equal graphs are equal bytes. The first dimension of inputs and outputs is
 * the symbolic batch {@code N}; every tensor is float32 unless said otherwise.
 */
public final class OnnxGraph {
  /** Operator set of the default domain; its file format is IR version 8. */
  public static final int OPSET = 17;

  private static final int IR_VERSION = 8;
  private static final String BATCH = "N";

  private final GraphProto.Builder graph;
  private int next;

  /** A named graph. */
  public OnnxGraph(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  /** Declares an input of shape (N, row...). */
  public String input(String name, long... row) {
    graph.addInput(value(name, row));
    return name;
  }

  /** Declares an input per view, named and shaped as it, and names them in order. */
  public List<String> inputs(InputLayout layout) {
    return layout.inputs().stream()
        .map(
            view ->
                input(view.name(), view.shape().stream().mapToLong(Integer::longValue).toArray()))
        .toList();
  }

  /** Declares an input per view and joins them to the raw row, (N, width). */
  public String rows(InputLayout layout) {
    List<String> inputs = inputs(layout);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      boolean flat = layout.inputs().get(i).flat();
      rows.add(flat ? inputs.get(i) : node("Flatten", inputs.get(i)));
    }
    return rows.size() == 1
        ? rows.getFirst()
        : node("Concat", rows, node -> node.addAttribute(attribute("axis", 1)));
  }

  /** Declares {@code value} as an output of shape (N, row...) under a name of its own. */
  public void output(String name, String value, long... row) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName("Identity_" + name)
            .addInput(value)
            .addOutput(name));
    graph.addOutput(value(name, row));
  }

  private static ValueInfoProto value(String name, long... row) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    for (long size : row) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** A float constant; no dimensions mean a scalar. */
  public String constant(float[] values, long... dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return constant(TensorProto.DataType.FLOAT, bytes.rewind(), dimensions);
  }

  /** A scalar constant. */
  public String constant(float value) {
    return constant(new float[] {value});
  }

  /** A vector of int64. */
  public String integers(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return constant(TensorProto.DataType.INT64, bytes.rewind(), values.length);
  }

  private String constant(TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
    String name = "c" + next++;
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    Arrays.stream(dimensions).forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return name;
  }

  /** An operator without attributes and its single result. */
  public String node(String operator, String... inputs) {
    return node(operator, List.of(inputs), UnaryOperator.identity());
  }

  /**
   * An operator with attributes.
   *
   * @param operator its name in the default domain
   * @param inputs names of values
   * @param attributes adds the attributes
   * @return name of the result
   */
  public String node(
      String operator, List<String> inputs, UnaryOperator<NodeProto.Builder> attributes) {
    String name = "v" + next++;
    graph.addNode(
        attributes.apply(
            NodeProto.newBuilder()
                .setOpType(operator)
                .setName(operator + '_' + name)
                .addAllInput(inputs)
                .addOutput(name)));
    return name;
  }

  /** An integer attribute. */
  public static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An attribute that is a list of integers. */
  public static AttributeProto attribute(String name, long[] values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  /**
   * The model.
   *
   * @param metadata goes into {@code metadata_props}
   * @return bytes of the ONNX file
   */
  public byte[] build(SortedMap<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("caracal")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph);
    metadata.forEach(
        (key, text) ->
            model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return model.build().toByteArray();
  }
}
