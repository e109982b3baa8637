package io.caracal.engine.extender;

import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Turns active model bundles that are wired to this engine's extender capability into detector
 * services, and reports on every one of them. Thread-safe.
 */
public final class ModelExtender implements PluginReport, AutoCloseable {
  static final String EXTENDER = "osgi.extender";

  private final BundleContext context;
  private final ModelEngine engine;
  private final List<View> views = new CopyOnWriteArrayList<>();
  private final Map<Bundle, ModelBundle> models = new ConcurrentHashMap<>();
  private final ServiceTracker<View, View> viewTracker;
  private final BundleTracker<ModelBundle> bundleTracker;
  private final UnresolvedModels unresolved;

  public ModelExtender(BundleContext context, ModelEngine engine) {
    this.context = context;
    this.engine = engine;
    unresolved = new UnresolvedModels(context, engine);
    viewTracker = new ServiceTracker<>(context, View.class, new ViewWatch());
    bundleTracker = new BundleTracker<>(context, Bundle.ACTIVE, new BundleWatch());
  }

  /** Serves the models that are there and those to come, until {@link #close}. */
  public void open() {
    viewTracker.open();
    bundleTracker.open();
    context.registerService(PluginReport.class, this, null);
  }

  @Override
  public void close() {
    bundleTracker.close();
    viewTracker.close();
  }

  @Override
  public List<PluginStatus> plugins() {
    return Stream.concat(models.values().stream().map(ModelBundle::status), unresolved.statuses())
        .sorted(Comparator.comparing(PluginStatus::id).thenComparing(PluginStatus::version))
        .toList();
  }

  private boolean wired(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring != null
        && wiring.getRequiredWires(EXTENDER).stream()
            .anyMatch(wire -> wire.getProvider().getBundle().equals(context.getBundle()));
  }

  private final class BundleWatch implements BundleTrackerCustomizer<ModelBundle> {
    @Override
    public @Nullable ModelBundle addingBundle(Bundle bundle, BundleEvent event) {
      if (!wired(bundle)) {
        return null;
      }
      ModelBundle model = new ModelBundle(engine, () -> views, bundle);
      models.put(bundle, model);
      model.update();
      return model;
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, ModelBundle model) {
      // Active is the only state tracked: nothing to do.
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, ModelBundle model) {
      models.remove(bundle, model);
      model.close();
    }
  }

  private final class ViewWatch implements ServiceTrackerCustomizer<View, View> {
    @Override
    public View addingService(ServiceReference<View> reference) {
      View view = context.getService(reference);
      views.add(view);
      models.values().forEach(ModelBundle::update);
      return view;
    }

    @Override
    public void modifiedService(ServiceReference<View> reference, View view) {
      // Properties of a view mean nothing here.
    }

    @Override
    public void removedService(ServiceReference<View> reference, View view) {
      views.remove(view);
      models.values().forEach(ModelBundle::update);
      context.ungetService(reference);
    }
  }
}
