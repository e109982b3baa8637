package io.caracal.benchmarks.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import io.caracal.api.flow.FlowBatch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model in ONNX Runtime and nothing around it: its inputs are tensors over the batch's memory,
 * made beforehand; a call computes all outputs and looks at none.
 */
final class BareModel implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  /** Loads a model with the options that the sensor uses. */
  BareModel(OrtEnvironment environment, byte[] model) throws OrtException {
    this.environment = environment;
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      session = environment.createSession(model, options);
    }
  }

  /**
   * Tensors over a batch.
   *
   * @param batch the batch
   * @param viewOfInput names of views by names of the model's inputs
   */
  Map<String, OnnxTensor> tensors(FlowBatch batch, Map<String, String> viewOfInput)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, String> input : viewOfInput.entrySet()) {
      long[] shape = ((TensorInfo) session.getInputInfo().get(input.getKey()).getInfo()).getShape();
      shape[0] = batch.size();
      tensors.put(
          input.getKey(),
          OnnxTensor.createTensor(environment, batch.view(input.getValue()), shape));
    }
    return tensors;
  }

  void run(Map<String, OnnxTensor> tensors) throws OrtException {
    session.run(tensors).close();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
