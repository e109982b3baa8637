package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes plugins from a file to use and back: staged, verified, resolved, started beside what is
 * there, tested, promoted; later on standby, quarantined or retired. One change at a time.
 */
@Component(service = Lifecycle.class)
public final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);
  private static final Comparator<Plugin> BY_VERSION =
      Comparator.comparing((Plugin plugin) -> plugin.jar().symbolicName())
          .thenComparing(plugin -> plugin.jar().version());

  private final BundleContext context;
  private final Roles roles;
  private final SelfTest selfTest;
  private final Gate gate;
  private final long limit;
  private final Map<Long, Plugin> plugins = new ConcurrentHashMap<>();

  /** A life cycle of the plugins that this framework gets from now on. */
  @Activate
  public Lifecycle(
      BundleContext context,
      @Reference Roles roles,
      @Reference SelfTest selfTest,
      @Reference Gate gate) {
    this.context = context;
    this.roles = roles;
    this.selfTest = selfTest;
    this.gate = gate;
    this.limit = (long) new Settings(context::getProperty).number("plugins.max-bytes", 536870912);
  }

  /** The plugins that are installed, by name and version. */
  List<Plugin> plugins() {
    return plugins.values().stream().sorted(BY_VERSION).toList();
  }

  /**
   * Takes a plugin from its file to use.
   *
   * @throws Refusal if it is not taken; nothing of it is left then
   */
  synchronized Plugin install(Path file, Request request) throws Refusal {
    PluginJar jar = PluginJar.read(file, limit);
    Optional<Plugin> same = find(jar.symbolicName(), jar.version());
    if (same.isPresent()) {
      if (same.get().jar().sha256().equals(jar.sha256())) {
        return same.get();
      }
      throw new Refusal(
          jar.title()
              + " is installed already with other content; give "
              + file
              + " a new version");
    }
    String signer = gate.admit(jar, Gate.Past.NONE);
    Bundle bundle = start(jar);
    try {
      selfTest.check(bundle);
    } catch (Refusal e) {
      discard(bundle);
      throw e;
    }
    Plugin plugin = new Plugin(jar, bundle, signer, Stage.TESTED, "");
    plugins.put(bundle.getBundleId(), plugin);
    promote(plugin);
    LOG.info("plugin {} is in use, by {}", jar.title(), request.actor());
    return plugins.get(bundle.getBundleId());
  }

  /** Installs the bundle, resolves it and starts it without its being used. */
  private Bundle start(PluginJar jar) throws Refusal {
    Bundle bundle;
    try {
      bundle = context.installBundle("plugin:" + jar.title() + "#" + jar.sha256(), jar.stream());
    } catch (BundleException e) {
      throw new Refusal(jar.name() + " is no valid bundle: " + e.getMessage(), e);
    }
    roles.change(Set.of(bundle.getBundleId()), Set.of());
    try {
      gate.admit(bundle, jar);
    } catch (Refusal e) {
      discard(bundle);
      throw e;
    }
    List<String> unmet = Requirements.unmet(bundle, context);
    if (!unmet.isEmpty()) {
      discard(bundle);
      throw new Refusal(jar.title() + " does not resolve: it " + String.join("; it ", unmet));
    }
    try {
      bundle.start();
      return bundle;
    } catch (BundleException e) {
      discard(bundle);
      throw new Refusal(jar.title() + " does not start: " + e.getMessage(), e);
    }
  }

  private void discard(Bundle bundle) {
    try {
      bundle.uninstall();
      context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle));
    } catch (BundleException e) {
      LOG.error("{} could not be uninstalled: {}", bundle.getSymbolicName(), e.getMessage());
    }
    roles.change(Set.of(), Set.of(bundle.getBundleId()));
  }

  /** Puts a version to use; newer ones of the same name stand by. */
  synchronized Plugin promote(String symbolicName, Version version) throws Refusal {
    Plugin plugin = get(symbolicName, version);
    promote(plugin);
    return get(symbolicName, version);
  }

  private void promote(Plugin plugin) {
    List<Plugin> newer =
        plugins.values().stream()
            .filter(other -> other.jar().symbolicName().equals(plugin.jar().symbolicName()))
            .filter(other -> other.jar().version().compareTo(plugin.jar().version()) > 0)
            .toList();
    roles.change(ids(newer), Set.of(plugin.bundle().getBundleId()));
    newer.forEach(other -> put(other.at(Stage.STANDBY, plugin.jar().version() + " is in use")));
    put(plugin.at(Stage.PROMOTED, ""));
  }

  /** Takes the version that is in use out of use; what was used before is used again. */
  synchronized Plugin rollback(String symbolicName) throws Refusal {
    Plugin plugin =
        plugins.values().stream()
            .filter(one -> one.jar().symbolicName().equals(symbolicName))
            .filter(one -> one.stage() == Stage.PROMOTED)
            .max(BY_VERSION)
            .orElseThrow(() -> new Refusal("no plugin " + symbolicName + " is in use"));
    return hold(plugin, Stage.STANDBY, "rolled back");
  }

  /** Takes a version out of use for a reason. */
  synchronized Plugin quarantine(String symbolicName, Version version, String reason)
      throws Refusal {
    return hold(get(symbolicName, version), Stage.QUARANTINED, reason);
  }

  private Plugin hold(Plugin plugin, Stage stage, String reason) {
    roles.change(Set.of(plugin.bundle().getBundleId()), Set.of());
    Plugin now = plugin.at(stage, reason);
    put(now);
    return now;
  }

  /** Takes a version out of use and uninstalls it. */
  synchronized Plugin remove(String symbolicName, Version version) throws Refusal {
    Plugin plugin = get(symbolicName, version);
    roles.change(Set.of(plugin.bundle().getBundleId()), Set.of());
    plugins.remove(plugin.bundle().getBundleId());
    discard(plugin.bundle());
    return plugin.at(Stage.RETIRED, "");
  }

  private void put(Plugin plugin) {
    plugins.put(plugin.bundle().getBundleId(), plugin);
  }

  private static Set<Long> ids(Collection<Plugin> some) {
    return some.stream().map(plugin -> plugin.bundle().getBundleId()).collect(Collectors.toSet());
  }

  private Plugin get(String symbolicName, Version version) throws Refusal {
    return find(symbolicName, version)
        .orElseThrow(() -> new Refusal("no plugin " + symbolicName + " " + version + " is here"));
  }

  private Optional<Plugin> find(String symbolicName, Version version) {
    return plugins.values().stream()
        .filter(plugin -> plugin.jar().symbolicName().equals(symbolicName))
        .filter(plugin -> plugin.jar().version().equals(version))
        .findFirst();
  }
}
