package io.caracal.engine.extender;

import io.caracal.api.detect.ViewReaders;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.PluginStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
public final class ModelExtender implements PluginReport, ViewReaders, AutoCloseable {
  static final String EXTENDER = "osgi.extender";

  private final BundleContext context;
  private final ModelEngine engine;
  private final Map<ServiceReference<View>, View> views = new ConcurrentHashMap<>();
  private final Map<Bundle, ModelBundle> models = new ConcurrentHashMap<>();
  private final ServiceTracker<View, View> viewTracker;
  private final BundleTracker<ModelBundle> bundleTracker;
  private final UnresolvedModels unresolved;
  private final ServiceTracker<PluginRoles, PluginRoles.Watch> rolesTracker;
  private volatile PluginRoles roles = PluginRoles.ALL;

  public ModelExtender(BundleContext context, ModelEngine engine) {
    this.context = context;
    this.engine = engine;
    unresolved = new UnresolvedModels(context, engine);
    viewTracker = new ServiceTracker<>(context, View.class, new ViewWatch());
    rolesTracker = new ServiceTracker<>(context, PluginRoles.class, new RolesWatch());
    bundleTracker = new BundleTracker<>(context, Bundle.ACTIVE, new BundleWatch());
  }

  /** Serves the models that are there and those to come, until {@link #close}. */
  public void open() {
    rolesTracker.open();
    viewTracker.open();
    bundleTracker.open();
    context.registerService(
        new String[] {PluginReport.class.getName(), ViewReaders.class.getName()}, this, null);
  }

  @Override
  public void close() {
    bundleTracker.close();
    viewTracker.close();
    rolesTracker.close();
  }

  @Override
  public List<PluginStatus> plugins() {
    return Stream.concat(models.values().stream().map(ModelBundle::status), unresolved.statuses())
        .sorted(Comparator.comparing(PluginStatus::id).thenComparing(PluginStatus::version))
        .toList();
  }

  @Override
  public List<String> unfit(View view) {
    return models.values().stream().flatMap(model -> model.unfit(view).stream()).sorted().toList();
  }

  /** The views that the pipeline may compute; one that is held is as if it were not there. */
  private List<View> present() {
    return views.entrySet().stream()
        .filter(entry -> roles.inUse(entry.getKey().getBundle().getBundleId()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void update() {
    models.values().forEach(ModelBundle::update);
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
      ModelBundle model = new ModelBundle(engine, ModelExtender.this::present, bundle);
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

  private final class RolesWatch
      implements ServiceTrackerCustomizer<PluginRoles, PluginRoles.Watch> {
    @Override
    public PluginRoles.Watch addingService(ServiceReference<PluginRoles> reference) {
      roles = context.getService(reference);
      update();
      return roles.watch(ModelExtender.this::update);
    }

    @Override
    public void modifiedService(ServiceReference<PluginRoles> reference, PluginRoles.Watch watch) {
      // Its properties mean nothing here.
    }

    @Override
    public void removedService(ServiceReference<PluginRoles> reference, PluginRoles.Watch watch) {
      watch.close();
      roles = PluginRoles.ALL;
      context.ungetService(reference);
    }
  }

  private final class ViewWatch implements ServiceTrackerCustomizer<View, View> {
    @Override
    public View addingService(ServiceReference<View> reference) {
      View view = context.getService(reference);
      views.put(reference, view);
      update();
      return view;
    }

    @Override
    public void modifiedService(ServiceReference<View> reference, View view) {
      // Properties of a view mean nothing here.
    }

    @Override
    public void removedService(ServiceReference<View> reference, View view) {
      views.remove(reference);
      update();
      context.ungetService(reference);
    }
  }
}
