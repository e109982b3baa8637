package io.caracal.engine.onnx.internal;

import io.caracal.engine.extender.ModelException;
import java.util.Map;
import java.util.Set;

/**
 * Refuses models that reach outside themselves, before ONNX Runtime sees them: tensors kept in
 * other files (no path comes with a model from memory, but that is a detail of today's ONNX
 * Runtime), operators of foreign domains, and operator sets that it does not support.
 */
final class OnnxGuard {
  /** The newest operator set that this version of ONNX Runtime supports officially. */
  static final long NEWEST_OPSET = 26;

  /** The oldest one that ONNX Runtime promises to run. */
  static final long OLDEST_OPSET = 7;

  private static final Set<String> STANDARD = Set.of("", "ai.onnx");
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");
  private static final int DEEPEST = 64;

  /** Messages of onnx.proto that hold what is looked for, and the fields that lead to them. */
  private enum Kind {
    MODEL,
    OPSET,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE,
    FUNCTION,
    TRAINING;

    Map<Integer, Kind> parts() {
      return switch (this) {
        case MODEL -> Map.of(7, GRAPH, 8, OPSET, 20, TRAINING, 25, FUNCTION);
        case GRAPH -> Map.of(1, NODE, 5, TENSOR, 15, SPARSE);
        case NODE -> Map.of(5, ATTRIBUTE);
        case ATTRIBUTE ->
            Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE, 23, SPARSE);
        case SPARSE -> Map.of(1, TENSOR, 2, TENSOR);
        case FUNCTION -> Map.of(7, NODE, 9, OPSET, 11, ATTRIBUTE);
        case TRAINING -> Map.of(1, GRAPH, 2, GRAPH);
        case OPSET, TENSOR -> Map.of();
      };
    }
  }

  private static final int OPSET_DOMAIN = 1;
  private static final int OPSET_VERSION = 2;
  private static final int NODE_DOMAIN = 7;
  private static final int TENSOR_EXTERNAL_DATA = 13;
  private static final int TENSOR_DATA_LOCATION = 14;

  private final String file;
  private boolean graphSeen;

  private OnnxGuard(String file) {
    this.file = file;
  }

  /** Looks through a model; {@code file} names it in messages. */
  static void check(byte[] model, String file) throws ModelException {
    OnnxGuard guard = new OnnxGuard(file);
    try {
      guard.walk(Kind.MODEL, new ProtobufMessage(model), 0);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + " is no ONNX model: " + e.getMessage(), e);
    }
    if (!guard.graphSeen) {
      throw new ModelException(file + " is no ONNX model: it has no graph");
    }
  }

  private void walk(Kind kind, ProtobufMessage message, int depth) throws ModelException {
    if (depth > DEEPEST) {
      throw new ModelException(file + " nests graphs deeper than " + DEEPEST + " levels");
    }
    graphSeen |= kind == Kind.GRAPH;
    String domain = "";
    long version = 0;
    Map<Integer, Kind> parts = kind.parts();
    while (message.next()) {
      Kind part = parts.get(message.field());
      if (part != null && message.type() == ProtobufMessage.BYTES) {
        walk(part, message.message(), depth + 1);
      } else if (kind == Kind.TENSOR && external(message)) {
        throw new ModelException(file + " keeps tensors in other files, which is not allowed");
      } else if (kind == Kind.NODE && message.field() == NODE_DOMAIN) {
        checkDomain(message.text());
      } else if (kind == Kind.OPSET && message.field() == OPSET_DOMAIN) {
        domain = message.text();
      } else if (kind == Kind.OPSET && message.field() == OPSET_VERSION) {
        version = message.number();
      }
    }
    if (kind == Kind.OPSET) {
      checkDomain(domain);
      if (STANDARD.contains(domain) && (version > NEWEST_OPSET || version < OLDEST_OPSET)) {
        throw new ModelException(
            file
                + " needs ONNX opset "
                + version
                + " but this engine runs "
                + OLDEST_OPSET
                + " to "
                + NEWEST_OPSET
                + "; export it with one of those");
      }
    }
  }

  private static boolean external(ProtobufMessage tensor) {
    return tensor.field() == TENSOR_EXTERNAL_DATA
        || (tensor.field() == TENSOR_DATA_LOCATION && tensor.number() != 0);
  }

  private void checkDomain(String domain) throws ModelException {
    if (!DOMAINS.contains(domain)) {
      throw new ModelException(
          file + " uses operators of the domain '" + domain + "', which is not allowed");
    }
  }
}
