package io.caracal.engine.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.engine.extender.ModelException;
import io.caracal.testkit.TinyOnnx;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that must not run, and the sentence that says why. */
class RefusedModelsTest {
  private static final ModelProto GOOD = TinyOnnx.distance(3, 1);

  @Test
  void bytesThatAreNoModel() {
    refused("this is no model".getBytes(StandardCharsets.UTF_8))
        .hasMessageStartingWith("caracal/model.onnx is no ONNX model");
    refused(new byte[0]).hasMessageContaining("no graph");
  }

  @Test
  void aModelCutOffAnywhereIsRefusedOrIsStillAModel() throws Exception {
    byte[] bytes = GOOD.toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      try {
        TestEngine.ENGINE.load(TestEngine.unsupervised(), Arrays.copyOf(bytes, length)).close();
      } catch (ModelException e) {
        assertThat(e.getMessage()).contains("caracal/model");
      }
    }
  }

  @Test
  void tensorsInOtherFiles() {
    TensorProto outside =
        GOOD.getGraph().getInitializer(0).toBuilder()
            .clearFloatData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/hostname"))
            .build();
    refused(withGraph(GOOD.getGraph().toBuilder().setInitializer(0, outside)))
        .hasMessageContaining("keeps tensors in other files");
  }

  @Test
  void tensorsInOtherFilesInsideANestedGraph() {
    GraphProto inner =
        GraphProto.newBuilder()
            .setName("inner")
            .addInitializer(
                TensorProto.newBuilder().setDataLocation(TensorProto.DataLocation.EXTERNAL))
            .build();
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType("If")
            .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(inner))
            .build();
    refused(withGraph(GOOD.getGraph().toBuilder().addNode(node)))
        .hasMessageContaining("keeps tensors in other files");
  }

  @Test
  void foreignOperators() {
    NodeProto node = GOOD.getGraph().getNode(0).toBuilder().setDomain("evil.ops").build();
    refused(withGraph(GOOD.getGraph().toBuilder().setNode(0, node)))
        .hasMessageContaining("domain 'evil.ops'");
  }

  @ParameterizedTest
  @ValueSource(longs = {OnnxGuard.NEWEST_OPSET + 1, OnnxGuard.OLDEST_OPSET - 1, 0, -1})
  void operatorSetsOfOtherTimes(long version) {
    ModelProto.Builder other = GOOD.toBuilder();
    other.getOpsetImportBuilder(0).setVersion(version);
    refused(other.build().toByteArray())
        .hasMessageContaining("needs ONNX opset " + version)
        .hasMessageContaining("7 to 26");
  }

  @Test
  void operatorSetsOfOtherDomains() {
    OperatorSetIdProto custom =
        OperatorSetIdProto.newBuilder().setDomain("evil.ops").setVersion(1).build();
    refused(GOOD.toBuilder().addOpsetImport(custom).build().toByteArray())
        .hasMessageContaining("domain 'evil.ops'");
  }

  @Test
  void foreignOperatorsInsideAFunction() {
    FunctionProto function =
        FunctionProto.newBuilder()
            .setName("Inner")
            .addNode(NodeProto.newBuilder().setOpType("Call").setDomain("evil.ops"))
            .build();
    refused(GOOD.toBuilder().addFunctions(function).build().toByteArray())
        .hasMessageContaining("domain 'evil.ops'");
  }

  @Test
  void theNewestOperatorSetRuns() throws Exception {
    ModelProto.Builder newest = TinyOnnx.logistic(3).toBuilder();
    newest.getOpsetImportBuilder(0).setVersion(OnnxGuard.NEWEST_OPSET);
    TestEngine.ENGINE.load(TestEngine.supervised(1), newest.build().toByteArray()).close();
  }

  @Test
  void graphsNestedWithoutEnd() {
    GraphProto graph = GraphProto.newBuilder().setName("leaf").build();
    for (int i = 0; i < 40; i++) {
      graph =
          GraphProto.newBuilder()
              .addNode(NodeProto.newBuilder().addAttribute(AttributeProto.newBuilder().setG(graph)))
              .build();
    }
    refused(withGraph(graph.toBuilder())).hasMessageContaining("nests graphs deeper");
  }

  @ParameterizedTest
  @ValueSource(strings = {"input", "score"})
  void otherNamesThanTheDescriptors(String name) throws Exception {
    GraphProto.Builder graph = GOOD.getGraph().toBuilder();
    if (name.equals("input")) {
      graph.getInputBuilder(0).setName("other");
      graph.getNodeBuilder(0).setInput(0, "other");
    } else {
      graph.getOutputBuilder(0).setName("other");
      graph.getNodeBuilder(1).setOutput(0, "other");
    }
    refused(withGraph(graph)).hasMessageContaining("[other]").hasMessageContaining(name);
  }

  @Test
  void anotherWidthThanTheDescriptors() {
    refused(TinyOnnx.distance(4, 1).toByteArray()).hasMessageContaining("[N, 3]");
  }

  @Test
  void aFixedBatch() {
    GraphProto.Builder graph = GOOD.getGraph().toBuilder();
    graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(16);
    refused(withGraph(graph)).hasMessageContaining("symbolic batch");
  }

  private static byte[] withGraph(GraphProto.Builder graph) {
    return GOOD.toBuilder().setGraph(graph).build().toByteArray();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] model) {
    return assertThatThrownBy(
            () -> {
              ModelDescriptor descriptor = TestEngine.unsupervised();
              TestEngine.ENGINE.load(descriptor, model).close();
            })
        .isInstanceOf(ModelException.class);
  }
}
