package io.caracal.engine.extender;

import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** Model bundles for this engine that are installed but do not resolve, and what they lack. */
final class UnresolvedModels {
  private final BundleContext context;
  private final ModelEngine engine;

  UnresolvedModels(BundleContext context, ModelEngine engine) {
    this.context = context;
    this.engine = engine;
  }

  Stream<PluginStatus> statuses() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
        .flatMap(bundle -> Stream.ofNullable(bundle.adapt(BundleRevision.class)))
        .filter(this::wantsThisEngine)
        .map(this::status);
  }

  private boolean wantsThisEngine(BundleRevision revision) {
    List<BundleCapability> offered =
        context
            .getBundle()
            .adapt(BundleRevision.class)
            .getDeclaredCapabilities(ModelExtender.EXTENDER);
    return revision.getDeclaredRequirements(ModelExtender.EXTENDER).stream()
        .anyMatch(requirement -> offered.stream().anyMatch(requirement::matches));
  }

  private PluginStatus status(BundleRevision revision) {
    List<String> lacking =
        revision.getDeclaredRequirements(null).stream()
            .filter(requirement -> !optional(requirement) && offers(requirement).isEmpty())
            .map(UnresolvedModels::text)
            .toList();
    String reason =
        lacking.isEmpty()
            ? "has not been resolved yet"
            : "requires " + String.join(" and ", lacking);
    return new PluginStatus(
        revision.getBundle().getBundleId(),
        id(revision.getBundle()),
        revision.getVersion().toString(),
        "",
        List.of(),
        engine.name(),
        "",
        PluginState.UNRESOLVED,
        reason);
  }

  private static String id(Bundle bundle) {
    try {
      return new ModelArchive(bundle).descriptor().id();
    } catch (ModelException e) {
      return bundle.getSymbolicName();
    }
  }

  private static boolean optional(BundleRequirement requirement) {
    return Constants.RESOLUTION_OPTIONAL.equals(
        requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
  }

  private Optional<BundleCapability> offers(BundleRequirement requirement) {
    return Arrays.stream(context.getBundles())
        .flatMap(bundle -> Stream.ofNullable(bundle.adapt(BundleWiring.class)))
        .flatMap(wiring -> wiring.getCapabilities(requirement.getNamespace()).stream())
        .filter(requirement::matches)
        .findFirst();
  }

  private static String text(BundleRequirement requirement) {
    String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    return (requirement.getNamespace() + " " + filter).strip() + ", which no bundle provides";
  }
}
