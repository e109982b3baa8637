package io.caracal.core.internal.lane;

import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.core.internal.plugin.Offers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The views that are in use: of one name the one whose bundle has the highest version. */
@Component(service = ViewPool.class)
public final class ViewPool {
  private final AtomicInteger changes = new AtomicInteger();
  private final Offers<View> views;

  /** Views whose bundles are in use. */
  @Activate
  public ViewPool(BundleContext context, @Reference PluginRoles roles) {
    views =
        new Offers<>(
            roles,
            view -> view.description().name(),
            Offers.versions(context),
            changes::incrementAndGet);
  }

  @Deactivate
  void close() {
    views.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindView(View view, Map<String, Object> properties) {
    views.add(view, properties);
  }

  void unbindView(View view) {
    views.remove(view);
  }

  /** The views, in the order of their names. */
  public List<View> current() {
    return views.taken().stream()
        .sorted(Comparator.comparing(view -> view.description().name()))
        .toList();
  }

  /** Goes up whenever other views are in use than before. */
  public int changes() {
    return changes.get();
  }
}
