package io.caracal.engine.tribuo.internal;

import io.caracal.engine.extender.ModelExtender;
import java.util.Optional;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Starts the engine with its bundle. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class TribuoActivator implements BundleActivator {
  private Optional<ModelExtender> extender = Optional.empty();

  @Override
  public void start(BundleContext context) {
    ModelExtender opened = new ModelExtender(context, new TribuoEngine());
    extender = Optional.of(opened);
    opened.open();
  }

  @Override
  public void stop(BundleContext context) {
    extender.ifPresent(ModelExtender::close);
  }
}
