package io.caracal.plugin.manager.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.resource.Requirement;

/** What a bundle requires and nobody offers, in words. */
public final class Requirements {
  private Requirements() {}

  /** A phrase for each mandatory requirement that no resolved bundle satisfies. */
  static List<String> unmet(Bundle bundle, BundleContext context) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision.getDeclaredRequirements(null).stream()
        .filter(requirement -> !optional(requirement) && !offered(requirement, revision, context))
        .map(lack -> text(lack) + ", which no installed bundle provides")
        .toList();
  }

  private static boolean optional(BundleRequirement requirement) {
    return Constants.RESOLUTION_OPTIONAL.equals(
        requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE));
  }

  private static boolean offered(
      BundleRequirement requirement, BundleRevision own, BundleContext context) {
    String namespace = requirement.getNamespace();
    return Stream.concat(
            own.getDeclaredCapabilities(namespace).stream(),
            Arrays.stream(context.getBundles())
                .flatMap(bundle -> Stream.ofNullable(bundle.adapt(BundleWiring.class)))
                .flatMap(wiring -> wiring.getCapabilities(namespace).stream()))
        .anyMatch(requirement::matches);
  }

  /** A requirement as a phrase. */
  public static String text(Requirement requirement) {
    String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    return "requires " + (requirement.getNamespace() + " " + filter).strip();
  }
}
