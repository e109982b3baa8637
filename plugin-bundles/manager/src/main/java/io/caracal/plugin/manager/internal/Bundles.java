package io.caracal.plugin.manager.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins as bundles of the framework. */
final class Bundles {
  private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);
  private static final String LOCATION = "plugin:";
  private static final String SERVICE = "osgi.service";
  private static final String EXTENDER = "osgi.extender";
  private static final String OWN_EXTENDERS = "osgi.extender=io.caracal.";
  private static final long REFRESH_SECONDS = 10;

  /** What may be offered by several versions at once, of which the host chooses one. */
  private static final Set<String> CHOSEN =
      Set.of(
          "io.caracal.api.detect.Detector",
          "io.caracal.api.detect.Ensemble",
          "io.caracal.api.flow.View",
          "io.caracal.api.packet.PacketSource",
          "io.caracal.api.alert.AlertSink");

  private final BundleContext context;
  private final Roles roles;
  private final Gate gate;

  Bundles(BundleContext context, Roles roles, Gate gate) {
    this.context = context;
    this.roles = roles;
    this.gate = gate;
  }

  /** Installs a plugin so that nothing that it will offer is used. */
  Bundle install(PluginJar jar) throws Refusal {
    Optional<Bundle> pinned = shipped(jar.symbolicName()).filter(Bundles::pinned).findFirst();
    if (pinned.isPresent()) {
      throw new Refusal(
          jar.title()
              + " needs a restart: "
              + jar.symbolicName()
              + " is a part of the sensor that cannot be changed while it works; put the jar into"
              + " bundles/ in place of "
              + pinned.get().getVersion()
              + " and start the sensor again");
    }
    Bundle bundle;
    try {
      bundle = context.installBundle(LOCATION + jar.title() + "#" + jar.sha256(), jar.stream());
    } catch (BundleException e) {
      throw new Refusal(jar.name() + " is no valid bundle: " + e.getMessage(), e);
    }
    roles.change(Set.of(bundle.getBundleId()), Set.of());
    try {
      gate.admit(bundle, jar);
      return bundle;
    } catch (Refusal e) {
      discard(bundle);
      throw e;
    }
  }

  /** What an installed bundle requires and nobody offers. */
  List<String> unmet(Bundle bundle) {
    return Requirements.unmet(bundle, context);
  }

  /** Installs a plugin and sees to it that everything that it requires is there. */
  Bundle resolve(PluginJar jar) throws Refusal {
    Bundle bundle = install(jar);
    List<String> unmet = unmet(bundle);
    if (!unmet.isEmpty()) {
      discard(bundle);
      throw new Refusal(jar.title() + " does not resolve: it " + String.join("; it ", unmet));
    }
    return bundle;
  }

  /** Starts a plugin without its being used. */
  void start(Bundle bundle, PluginJar jar) throws Refusal {
    try {
      bundle.start();
    } catch (BundleException e) {
      discard(bundle);
      throw new Refusal(jar.title() + " does not start: " + e.getMessage(), e);
    }
  }

  /** Other bundles that are wired to a bundle, directly or by others. */
  List<String> dependents(Bundle bundle) {
    return wiring().getDependencyClosure(List.of(bundle)).stream()
        .filter(other -> !other.equals(bundle))
        .map(other -> other.getSymbolicName() + " " + other.getVersion())
        .sorted()
        .toList();
  }

  /** Stops and uninstalls a bundle; its wires go if no other bundle hangs on them. */
  void discard(Bundle bundle) {
    List<String> dependents = dependents(bundle);
    try {
      bundle.uninstall();
      if (dependents.isEmpty()) {
        refresh(bundle);
      } else {
        LOG.warn(
            "{} {} is uninstalled, but its class loader stays until these are gone: {}",
            bundle.getSymbolicName(),
            bundle.getVersion(),
            String.join(", ", dependents));
      }
    } catch (BundleException e) {
      LOG.error("{} could not be uninstalled: {}", bundle.getSymbolicName(), e.getMessage());
    }
    roles.change(Set.of(), Set.of(bundle.getBundleId()));
  }

  private void refresh(Bundle bundle) {
    CountDownLatch done = new CountDownLatch(1);
    wiring().refreshBundles(List.of(bundle), event -> done.countDown());
    try {
      if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        LOG.error("the framework has not refreshed {} yet", bundle.getSymbolicName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }

  /** Bundles of a symbolic name that came with the product. */
  Stream<Bundle> shipped(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .filter(bundle -> !bundle.getLocation().startsWith(LOCATION));
  }

  private static boolean pinned(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    Stream<String> offered =
        revision.getDeclaredCapabilities(SERVICE).stream()
            .flatMap(capability -> texts(capability.getAttributes().get(Constants.OBJECTCLASS)));
    boolean model =
        revision.getDeclaredRequirements(EXTENDER).stream()
            .anyMatch(requirement -> requirement.toString().contains(OWN_EXTENDERS));
    return !model && offered.noneMatch(CHOSEN::contains);
  }

  private static Stream<String> texts(Object attribute) {
    return attribute instanceof Collection<?> several
        ? several.stream().map(String::valueOf)
        : Stream.of(String.valueOf(attribute));
  }

  /** The types of the services that a bundle offers now. */
  static Collection<String> services(Bundle bundle) {
    return Stream.ofNullable(bundle.getRegisteredServices())
        .flatMap(Arrays::stream)
        .flatMap(Bundles::types)
        .sorted()
        .distinct()
        .toList();
  }

  /** The services of a type that a bundle offers now. */
  static List<ServiceReference<?>> offers(Bundle bundle, String type) {
    return Stream.ofNullable(bundle.getRegisteredServices())
        .<ServiceReference<?>>flatMap(Arrays::stream)
        .filter(service -> types(service).anyMatch(type::equals))
        .toList();
  }

  private static Stream<String> types(ServiceReference<?> service) {
    return Arrays.stream((String[]) service.getProperty(Constants.OBJECTCLASS));
  }
}
