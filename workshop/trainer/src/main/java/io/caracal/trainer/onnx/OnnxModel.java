package io.caracal.trainer.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.scoring.Answer;
import io.caracal.trainer.scoring.BatchScorer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** An ONNX model on ONNX Runtime, one thread, as the sensor runs it. */
public final class OnnxModel implements BatchScorer {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String input;
  private final long[] row;

  /**
   * Loads a model.
   *
   * @param bytes the ONNX file
   * @param row shape of one row of its input
   */
  public OnnxModel(byte[] bytes, long... row) {
    this.row = row.clone();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(bytes, options);
      input = session.getInputNames().iterator().next();
    } catch (OrtException e) {
      throw new TrainerException("ONNX Runtime refuses the model: " + e.getMessage(), e);
    }
  }

  @Override
  public Answer score(float[] rows, int count) {
    long[] shape = new long[row.length + 1];
    shape[0] = count;
    System.arraycopy(row, 0, shape, 1, row.length);
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(rows.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    buffer.put(rows).rewind();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, buffer, shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      return new Answer(
          values(result, "score"),
          session.getOutputNames().contains("classes") ? values(result, "classes") : new float[0]);
    } catch (OrtException e) {
      throw new TrainerException("ONNX Runtime failed: " + e.getMessage(), e);
    }
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
