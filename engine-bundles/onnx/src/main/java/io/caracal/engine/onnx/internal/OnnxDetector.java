package io.caracal.engine.onnx.internal;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.DetectorKind;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelDescriptor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session, called by several lanes at once, over the batches' own memory. */
final class OnnxDetector implements LoadedModel {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxDetector.class);

  /** What rounding may add to a probability. */
  private static final float ROUNDING = 1e-4f;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelDescriptor model;
  private final CallLimit limit;
  private final DetectorDescription description;
  private final Set<String> outputs = new LinkedHashSet<>();
  private final boolean supervised;
  // Freeing a session under a call is a crash of the process: close waits for the calls.
  private final ReadWriteLock calls = new ReentrantReadWriteLock();
  private boolean closed;

  OnnxDetector(
      OrtEnvironment environment,
      OrtSession session,
      ModelDescriptor model,
      String device,
      CallLimit limit) {
    this.environment = environment;
    this.session = session;
    this.model = model;
    this.limit = limit;
    description = model.describe(OnnxEngine.NAME, device);
    supervised = model.kind() == DetectorKind.SUPERVISED;
    outputs.add(model.outputs().score());
    if (supervised) {
      outputs.add(model.outputs().classes());
    }
  }

  @Override
  public DetectorDescription description() {
    return description;
  }

  @Override
  public void score(FlowBatch batch, Scores scores) throws OrtException, TimeoutException {
    calls.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(model.id() + " " + model.version() + " was retired");
      }
      if (anyToScore(batch)) {
        run(batch, scores);
      }
    } finally {
      calls.readLock().unlock();
    }
  }

  private boolean anyToScore(FlowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      if (batch.packets(row) >= model.minimumPackets()) {
        return true;
      }
    }
    return false;
  }

  /** All rows go through the session: rows to abstain from are dropped from its answers. */
  private void run(FlowBatch batch, Scores scores) throws OrtException, TimeoutException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try {
      for (ModelDescriptor.Input input : model.inputs()) {
        inputs.put(input.name(), tensor(input, batch));
      }
      try (OrtSession.Result result = call(inputs, batch.size())) {
        read(batch, result, scores);
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private OrtSession.Result call(Map<String, OnnxTensor> inputs, int rows)
      throws OrtException, TimeoutException {
    try (CallLimit.Call call = limit.begin(rows)) {
      try {
        return session.run(inputs, outputs, call.options());
      } catch (OrtException e) {
        call.requireInTime();
        throw e;
      }
    }
  }

  private OnnxTensor tensor(ModelDescriptor.Input input, FlowBatch batch) throws OrtException {
    int width = input.columns().size();
    FloatBuffer rows = batch.view(input.view()).slice(0, batch.size() * width);
    long[] shape = new long[input.shape().size() + 1];
    shape[0] = batch.size();
    for (int i = 1; i < shape.length; i++) {
      shape[i] = input.shape().get(i - 1);
    }
    return OnnxTensor.createTensor(environment, rows, shape);
  }

  private void read(FlowBatch batch, OrtSession.Result result, Scores scores) {
    int classCount = model.classes().size();
    FloatBuffer values = values(result, model.outputs().score(), batch.size());
    FloatBuffer classes =
        supervised
            ? values(result, model.outputs().classes(), batch.size() * classCount)
            : FloatBuffer.allocate(0);
    for (int row = 0; row < batch.size(); row++) {
      if (batch.packets(row) >= model.minimumPackets()) {
        int attackClass =
            supervised ? likeliest(classes, row * classCount, classCount) : Scores.NO_CLASS;
        scores.set(row, checked(values.get(row), row), attackClass);
      }
    }
  }

  private static FloatBuffer values(OrtSession.Result result, String name, int expected) {
    OnnxValue value =
        result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
    FloatBuffer values = ((OnnxTensor) value).getFloatBuffer();
    if (values.remaining() != expected) {
      throw new IllegalStateException(
          "output " + name + " has " + values.remaining() + " values instead of " + expected);
    }
    return values;
  }

  private float checked(float score, int row) {
    float most = supervised ? 1 : Float.MAX_VALUE;
    if (score >= 0 && score <= most) {
      return score;
    }
    if (supervised && score >= -ROUNDING && score <= 1 + ROUNDING) {
      return Math.clamp(score, 0, 1);
    }
    throw new IllegalStateException(
        "score "
            + score
            + " in row "
            + row
            + (supervised ? " is no probability" : " is no distance of at least 0"));
  }

  private static int likeliest(FloatBuffer classes, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (classes.get(from + i) > classes.get(from + best)) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public void close() {
    calls.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      LOG.warn("the session of {} {} did not close: {}", model.id(), model.version(), e.toString());
    } finally {
      calls.writeLock().unlock();
    }
  }
}
