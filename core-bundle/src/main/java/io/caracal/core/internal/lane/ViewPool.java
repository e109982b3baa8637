package io.caracal.core.internal.lane;

import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.plugin.PluginCounters;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.guard.ViewGuard;
import io.caracal.core.internal.plugin.Offers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views that are in use: of one name the one whose bundle has the highest version. None of them
 * throws; one that keeps failing is quarantined.
 */
@Component(service = {ViewPool.class, PluginCounters.class})
public final class ViewPool implements PluginCounters {
  private static final Logger LOG = LoggerFactory.getLogger(ViewPool.class);

  private final AtomicInteger changes = new AtomicInteger();
  private final Map<View, Guarded> guarded = new ConcurrentHashMap<>();
  private final Map<String, Long> gone = new ConcurrentHashMap<>();
  private final Offers<View> views;
  private final Limits limits;

  private record Guarded(View view, ViewGuard guard) {}

  /** Views whose bundles are in use. */
  @Activate
  public ViewPool(BundleContext context, @Reference PluginRoles roles) {
    this(
        Limits.of(new Settings(context::getProperty)),
        changed ->
            new Offers<>(
                roles, view -> view.description().name(), Offers.versions(context), changed));
  }

  /** The same with limits. */
  ViewPool(Limits limits, Function<Runnable, Offers<View>> offers) {
    this.limits = limits;
    this.views = offers.apply(changes::incrementAndGet);
  }

  @Deactivate
  void close() {
    views.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindView(View view, Map<String, Object> properties) {
    ViewDescription what = view.description();
    String title = what.name() + " " + what.version();
    ViewGuard guard =
        new ViewGuard(title, what.width(), limits, reason -> quarantine(view, title, reason));
    Guarded one = new Guarded(GuardedView.of(view, guard), guard);
    guarded.put(view, one);
    views.add(one.view(), properties);
  }

  void unbindView(View view) {
    Guarded one = guarded.remove(view);
    if (one != null) {
      gone.merge(one.view().description().name(), one.guard().failures(), Long::sum);
      views.remove(one.view());
    }
  }

  private void quarantine(View view, String title, String reason) {
    Guarded one = guarded.get(view);
    if (one != null && views.quarantine(one.view(), "view " + title + " " + reason)) {
      String name = view.description().name();
      boolean other = current().stream().anyMatch(next -> next.description().name().equals(name));
      LOG.error(
          "view {} is quarantined: it {}; {}",
          title,
          reason,
          other ? "another version is computed" : "no other version is installed");
    }
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

  /** Counters of every view under {@code views.NAME.}. */
  @Override
  public Map<String, Object> counters() {
    Map<String, Long> failures = new TreeMap<>(gone);
    guarded
        .values()
        .forEach(
            one ->
                failures.merge(one.view().description().name(), one.guard().failures(), Long::sum));
    Map<String, Object> counters = new TreeMap<>();
    failures.forEach(
        (name, count) -> {
          List<String> reasons = views.quarantined(name);
          counters.put("views." + name + ".failures", count);
          counters.put("views." + name + ".quarantined", reasons.size());
          counters.put("views." + name + ".quarantine_reasons", reasons);
        });
    return counters;
  }
}
