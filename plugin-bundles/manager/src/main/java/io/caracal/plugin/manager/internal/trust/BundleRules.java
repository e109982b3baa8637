package io.caracal.plugin.manager.internal.trust;

import io.caracal.plugin.manager.internal.PluginJar;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What kind of bundle a plugin may be: one that adds something, and changes no other. */
final class BundleRules {
  private static final List<String> HOUSE = List.of("io.caracal.", "java.", "org.osgi.");

  private BundleRules() {}

  /** A clause that says what its manifest must not say, if it does; before it is installed. */
  static Optional<String> problem(PluginJar jar) {
    if (jar.headers().getValue(Constants.FRAGMENT_HOST) != null) {
      return Optional.of(
          "is a fragment, which would become part of another bundle; make it a bundle of its own");
    }
    if (Boolean.parseBoolean(jar.headers().getValue("Multi-Release"))) {
      return Optional.of(
          "is a multi-release jar, which holds other classes than it seems to; build it for one"
              + " release of Java");
    }
    if (!"2".equals(jar.headers().getValue(Constants.BUNDLE_MANIFESTVERSION))) {
      return Optional.of("does not say Bundle-ManifestVersion: 2; build it with bnd");
    }
    return Optional.empty();
  }

  /** The jars within that the bundle's class path names. */
  static Set<String> nested(PluginJar jar) {
    String path =
        Optional.ofNullable(jar.headers().getValue(Constants.BUNDLE_CLASSPATH)).orElse("");
    return Arrays.stream(path.split(",", -1))
        .map(clause -> clause.split(";", 2)[0].strip())
        .map(name -> name.startsWith("/") ? name.substring(1) : name)
        .collect(Collectors.toSet());
  }

  /** A clause that says what an installed bundle must not do, if it would; before it resolves. */
  static Optional<String> problem(Bundle bundle, PluginJar jar, BundleContext context) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (!jar.symbolicName().equals(revision.getSymbolicName())
        || !jar.version().equals(revision.getVersion())) {
      return Optional.of(
          "is "
              + revision.getSymbolicName()
              + " "
              + revision.getVersion()
              + " to the framework: it has two manifests; pack it anew");
    }
    Set<String> exported = packages(revision);
    for (Bundle other : context.getBundles()) {
      BundleRevision one = other.adapt(BundleRevision.class);
      if (one != null && !bundle.equals(other) && !sameName(one, revision)) {
        Set<String> taken = new HashSet<>(packages(one));
        taken.retainAll(exported);
        if (!taken.isEmpty()) {
          return Optional.of(
              "exports "
                  + String.join(", ", taken)
                  + ", which "
                  + one.getSymbolicName()
                  + " does, so that others could get the wrong one; import it or keep it private");
        }
      }
    }
    return exported.stream()
        .filter(name -> HOUSE.stream().anyMatch((name + ".")::startsWith))
        .findFirst()
        .map(name -> "exports " + name + ", a name of the house; keep the package private");
  }

  private static boolean sameName(BundleRevision one, BundleRevision other) {
    return String.valueOf(one.getSymbolicName()).equals(other.getSymbolicName());
  }

  private static Set<String> packages(BundleRevision revision) {
    Set<String> names = new HashSet<>();
    for (BundleCapability capability :
        revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
      names.add(String.valueOf(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)));
    }
    return names;
  }
}
