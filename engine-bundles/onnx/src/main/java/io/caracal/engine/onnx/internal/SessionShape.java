package io.caracal.engine.onnx.internal;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.caracal.api.detect.DetectorKind;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.engine.extender.ModelException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a graph's inputs and outputs are what the descriptor says. */
final class SessionShape {
  private static final long ANY = -1;

  private SessionShape() {}

  static void check(OrtSession session, ModelDescriptor descriptor)
      throws OrtException, ModelException {
    Set<String> described =
        descriptor.inputs().stream().map(ModelDescriptor.Input::name).collect(Collectors.toSet());
    if (!session.getInputNames().equals(described)) {
      throw new ModelException(
          "the graph has the inputs "
              + new TreeSet<>(session.getInputNames())
              + " but caracal/model.json names "
              + new TreeSet<>(described));
    }
    for (ModelDescriptor.Input input : descriptor.inputs()) {
      long[] wanted = new long[input.shape().size() + 1];
      wanted[0] = ANY;
      Arrays.setAll(wanted, i -> i == 0 ? ANY : input.shape().get(i - 1));
      check(session.getInputInfo(), "input", input.name(), wanted);
    }
    if (descriptor.outputs().equals(ModelDescriptor.Outputs.NONE)) {
      throw new ModelException(
          "caracal/model.json lacks the key 'outputs' that an ONNX model needs");
    }
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    String score = descriptor.outputs().score();
    check(outputs, "output", score, new long[] {ANY}, new long[] {ANY, 1});
    if (descriptor.kind() == DetectorKind.SUPERVISED) {
      String classes = descriptor.outputs().classes();
      check(outputs, "output", classes, new long[] {ANY, descriptor.classes().size()});
    }
  }

  private static void check(Map<String, NodeInfo> nodes, String role, String name, long[]... wanted)
      throws ModelException {
    NodeInfo node = nodes.get(name);
    if (node == null) {
      throw new ModelException(
          "the graph has no " + role + " '" + name + "' but " + new TreeSet<>(nodes.keySet()));
    }
    if (!(node.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT
        || Arrays.stream(wanted).noneMatch(shape -> fits(tensor.getShape(), shape))) {
      throw new ModelException(
          "the graph's %s '%s' is %s but must be a float32 tensor of shape %s with a symbolic batch"
              .formatted(
                  role,
                  name,
                  node.getInfo(),
                  Arrays.stream(wanted)
                      .map(SessionShape::text)
                      .collect(Collectors.joining(" or "))));
    }
  }

  /** An output's other dimensions may be left open by shape inference, its batch must be. */
  private static boolean fits(long[] actual, long[] wanted) {
    if (actual.length != wanted.length || actual[0] != ANY) {
      return false;
    }
    for (int i = 1; i < actual.length; i++) {
      if (actual[i] != wanted[i] && actual[i] != ANY) {
        return false;
      }
    }
    return true;
  }

  private static String text(long[] shape) {
    return Arrays.stream(shape)
        .mapToObj(size -> size == ANY ? "N" : Long.toString(size))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
