package io.caracal.engine.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelDescriptor;
import io.caracal.engine.extender.ModelEngine;
import io.caracal.engine.extender.ModelException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs ONNX models. Sessions use the calling thread only: concurrency comes from the lanes, which
 * share a session.
 */
final class OnnxEngine implements ModelEngine {
  static final String NAME = "onnx";

  private static final Logger LOG = LoggerFactory.getLogger(OnnxEngine.class);

  private final OrtEnvironment environment;
  private final Device device;
  private final CallLimit limit;

  private OnnxEngine(OrtEnvironment environment, Device device, CallLimit limit) {
    this.environment = environment;
    this.device = device;
    this.limit = limit;
  }

  /**
   * Loads ONNX Runtime; once per class loader.
   *
   * @throws IOException if the natives cannot be extracted
   * @throws LinkageError if they do not load here
   */
  static OnnxEngine start(Natives natives, DeviceSetting setting, CallLimit limit)
      throws IOException {
    natives.extract();
    Telemetry.off();
    // Every error also comes as an exception: its native log would only repeat it on stderr.
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "caracal");
    Device device = Device.choose(setting, natives);
    LOG.debug("ONNX Runtime {} on {}", environment.getVersion(), device.text());
    return new OnnxEngine(environment, device, limit);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public LoadedModel load(ModelDescriptor descriptor, byte[] model) throws ModelException {
    OnnxGuard.check(model, "caracal/" + descriptor.model());
    try {
      return load(descriptor, model, device);
    } catch (OrtException e) {
      if (!device.cuda()) {
        throw refused(descriptor, e);
      }
      return loadOnCpu(descriptor, model, e);
    }
  }

  private LoadedModel loadOnCpu(ModelDescriptor descriptor, byte[] model, OrtException reason)
      throws ModelException {
    try {
      LoadedModel loaded = load(descriptor, model, Device.CPU);
      LOG.warn(
          "detector {} {} runs on the CPU because {} refused it: {}",
          descriptor.id(),
          descriptor.version(),
          device.text(),
          reason.getMessage());
      return loaded;
    } catch (OrtException e) {
      throw refused(descriptor, e);
    }
  }

  private LoadedModel load(ModelDescriptor descriptor, byte[] model, Device where)
      throws OrtException, ModelException {
    OrtSession session;
    try (SessionOptions options = options(where)) {
      session = environment.createSession(model, options);
    }
    try {
      SessionShape.check(session, descriptor);
      return new OnnxDetector(environment, session, descriptor, where.text(), limit);
    } catch (OrtException | ModelException e) {
      session.close();
      throw e;
    }
  }

  private static SessionOptions options(Device where) throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    where.addTo(options);
    return options;
  }

  private static ModelException refused(ModelDescriptor descriptor, OrtException e) {
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    return new ModelException(
        "ONNX Runtime refuses caracal/" + descriptor.model() + ": " + reason, e);
  }
}
