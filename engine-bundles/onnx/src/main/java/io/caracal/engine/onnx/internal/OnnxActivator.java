package io.caracal.engine.onnx.internal;

import io.caracal.api.plugin.Settings;
import io.caracal.engine.extender.ModelEngine;
import io.caracal.engine.extender.ModelExtender;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the engine with its bundle. Where ONNX Runtime cannot be loaded the models say so, and
 * everything else keeps running.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class OnnxActivator implements BundleActivator {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxActivator.class);

  private Optional<ModelExtender> extender = Optional.empty();
  private Optional<CallLimit> limit = Optional.empty();

  @Override
  public void start(BundleContext context) {
    Settings settings = new Settings(context::getProperty);
    CallLimit calls =
        new CallLimit(settings.seconds("detectors.call-limit", Duration.ofSeconds(2)));
    limit = Optional.of(calls);
    ModelExtender opened =
        new ModelExtender(context, engine(context, DeviceSetting.of(settings), calls));
    extender = Optional.of(opened);
    opened.open();
  }

  @Override
  public void stop(BundleContext context) {
    extender.ifPresent(ModelExtender::close);
    limit.ifPresent(CallLimit::close);
  }

  private static ModelEngine engine(BundleContext context, DeviceSetting setting, CallLimit calls) {
    try {
      return OnnxEngine.start(new Natives(context.getDataFile("natives").toPath()), setting, calls);
    } catch (IOException | LinkageError | IllegalStateException e) {
      LOG.error("ONNX Runtime cannot be loaded, so no ONNX model takes part: {}", e.toString());
      return new UnavailableEngine(e.toString());
    }
  }
}
