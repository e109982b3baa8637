package io.caracal.engine.extender;

import io.caracal.api.detect.Detector;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One active model bundle and, while it is fit, its detector service.
 *
 * <p>Bundles and views come and go on any thread. One thread at a time does the work and no lock is
 * held meanwhile, since registering a service runs foreign code; a thread that finds another at
 * work leaves word and goes.
 */
final class ModelBundle {
  private static final Logger LOG = LoggerFactory.getLogger(ModelBundle.class);

  private record Serving(LoadedModel model, ServiceRegistration<Detector> registration) {}

  private final Bundle bundle;
  private final ModelEngine engine;
  private final Supplier<List<View>> present;
  private final ModelArchive archive;
  private final AtomicInteger changes = new AtomicInteger();
  private volatile boolean closed;
  private volatile PluginStatus status;
  private volatile Optional<ModelDescriptor> reads = Optional.empty();

  // Touched only by the thread at work.
  private Optional<ModelDescriptor> descriptor = Optional.empty();
  private Optional<Serving> serving = Optional.empty();
  private boolean refused;

  ModelBundle(ModelEngine engine, Supplier<List<View>> present, Bundle bundle) {
    this.bundle = bundle;
    this.engine = engine;
    this.present = present;
    archive = new ModelArchive(bundle);
    status =
        new PluginStatus(
            bundle.getBundleId(),
            bundle.getSymbolicName(),
            bundle.getVersion().toString(),
            "",
            List.of(),
            engine.name(),
            "",
            PluginState.UNRESOLVED,
            "is being read");
  }

  PluginStatus status() {
    return status;
  }

  /** The bundle started, or the views that are there changed. */
  void update() {
    if (changes.getAndIncrement() != 0) {
      return;
    }
    int seen;
    do {
      seen = changes.get();
      work();
    } while (!changes.compareAndSet(seen, 0));
  }

  /** Why this model, if it is in service, could not read a view; empty if it could, or does not. */
  Optional<String> unfit(View view) {
    PluginStatus now = status;
    return now.state() == PluginState.ACTIVE
        ? reads.flatMap(
            model ->
                ViewMatch.unfit(model.inputs(), view)
                    .map(why -> now.id() + " " + now.version() + " (" + why + ")"))
        : Optional.empty();
  }

  /** The bundle stops: the service goes first, so that the host drains, then the model. */
  void close() {
    closed = true;
    update();
  }

  private void work() {
    if (closed) {
      retire();
    } else if (!refused) {
      try {
        serveIfComplete();
      } catch (ModelException e) {
        refuse(e.getMessage());
      } catch (RuntimeException | LinkageError e) {
        refuse("the " + engine.name() + " engine failed on it: " + e);
      }
    }
  }

  private void serveIfComplete() throws ModelException {
    if (descriptor.isEmpty()) {
      descriptor = Optional.of(archive.descriptor());
      reads = descriptor;
    }
    switch (ViewMatch.of(descriptor.get().inputs(), present.get())) {
      case ViewMatch.Complete match -> {
        if (serving.isEmpty()) {
          serving = Optional.of(serve(descriptor.get(), match.views()));
        }
      }
      case ViewMatch.Missing missing -> {
        retire();
        report(PluginState.UNRESOLVED, missing.reason(), "");
      }
      case ViewMatch.Different different -> {
        retire();
        report(PluginState.FAILED, different.reason(), "");
      }
    }
  }

  private Serving serve(ModelDescriptor descriptor, List<View> views) throws ModelException {
    GoldenVectors golden = archive.golden(descriptor);
    LoadedModel model = engine.load(descriptor, archive.model(descriptor));
    try {
      golden.check(model, views);
      BundleContext context = bundle.getBundleContext();
      if (context == null) {
        throw new ModelException("the bundle " + archive.name() + " stopped while it was read");
      }
      ServiceRegistration<Detector> registration =
          context.registerService(Detector.class, model, properties(descriptor));
      report(PluginState.ACTIVE, "", model.description().device());
      LOG.debug(
          "detector {} {} is in service ({} on {}, {} golden vectors agree)",
          descriptor.id(),
          descriptor.version(),
          engine.name(),
          model.description().device(),
          golden.rows().size());
      return new Serving(model, registration);
    } catch (ModelException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static Dictionary<String, Object> properties(ModelDescriptor descriptor) {
    return FrameworkUtil.asDictionary(
        Map.of(
            Detector.ID,
            descriptor.id(),
            Detector.VERSION,
            descriptor.version(),
            Detector.MODEL,
            true));
  }

  private void retire() {
    serving.ifPresent(
        service -> {
          try {
            service.registration().unregister();
          } catch (IllegalStateException e) {
            LOG.debug("{} was unregistered by the framework", archive.name(), e);
          }
          service.model().close();
        });
    serving = Optional.empty();
  }

  private void refuse(String reason) {
    refused = true;
    report(PluginState.FAILED, reason, "");
  }

  private void report(PluginState state, String reason, String device) {
    PluginStatus before = status;
    status =
        descriptor
            .map(
                model ->
                    new PluginStatus(
                        before.bundle(),
                        model.id(),
                        model.version(),
                        model.family(),
                        model.inputs().stream()
                            .map(input -> input.view() + " " + input.version())
                            .distinct()
                            .toList(),
                        engine.name(),
                        device,
                        state,
                        reason))
            .orElse(
                new PluginStatus(
                    before.bundle(),
                    before.id(),
                    before.version(),
                    "",
                    List.of(),
                    engine.name(),
                    device,
                    state,
                    reason));
    if (reason.equals(before.reason())) {
      return;
    }
    if (state == PluginState.FAILED) {
      LOG.error("model bundle {} takes no part: {}", archive.name(), reason);
    } else if (state == PluginState.UNRESOLVED) {
      LOG.info("model bundle {} {}", archive.name(), reason);
    }
  }
}
