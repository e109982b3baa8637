package io.caracal.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.Answer;
import io.caracal.trainer.scoring.BatchScorer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX model on ONNX Runtime, one thread, as the sensor runs it. */
public final class OnnxModel implements BatchScorer {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final InputLayout layout;

  /**
   * Loads a model.
   *
   * @param bytes the ONNX file
   * @param layout the views that are its inputs
   */
  public OnnxModel(byte[] bytes, InputLayout layout) {
    this.layout = layout;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(bytes, options);
    } catch (OrtException e) {
      throw new TrainerException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
    List<String> views = layout.inputs().stream().map(InputLayout.Input::name).toList();
    if (!session.getInputNames().equals(Set.copyOf(views))) {
      throw new TrainerException(
          "the model has the inputs "
              + session.getInputNames()
              + ", not the views "
              + views
              + ": train it again");
    }
  }

  @Override
  public Answer score(float[] rows, int count) {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (InputLayout.Input input : layout.inputs()) {
        inputs.put(input.name(), tensor(input, rows, count));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return new Answer(
            values(result, "score"),
            session.getOutputNames().contains("classes")
                ? values(result, "classes")
                : new float[0]);
      }
    } catch (OrtException e) {
      throw new TrainerException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(InputLayout.Input input, float[] rows, int count) throws OrtException {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(count * input.width() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int row = 0; row < count; row++) {
      buffer.put(rows, row * layout.width() + input.offset(), input.width());
    }
    long[] shape = new long[input.shape().size() + 1];
    Arrays.setAll(shape, i -> i == 0 ? count : input.shape().get(i - 1));
    return OnnxTensor.createTensor(environment, buffer.rewind(), shape);
  }

  private static float[] values(OrtSession.Result result, String name) {
    FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new TrainerException("ONNX Runtime failed to close: " + e.getMessage(), e);
    }
  }
}
