package io.caracal.trainer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What ONNX Runtime makes of a model by all of its graph optimizations, as the sensor asks for. */
public final class OptimizedGraph {
  private OptimizedGraph() {}

  /**
   * Counts the operators that are run for a batch.
   *
   * @param bytes the ONNX file
   * @return nodes of the optimized graph
   * @throws TrainerException if ONNX Runtime refuses the model
   */
  public static int nodes(byte[] bytes) {
    try {
      Path file = Files.createTempFile("optimized", ".onnx");
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setOptimizedModelFilePath(file.toString());
        // A warning says that the file is for this processor only, which it is.
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        OrtEnvironment.getEnvironment().createSession(bytes, options).close();
        return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeCount();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (OrtException e) {
      throw new TrainerException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TrainerException(
          "the optimized model cannot be written to the temporary folder: " + e.getMessage(), e);
    }
  }
}
