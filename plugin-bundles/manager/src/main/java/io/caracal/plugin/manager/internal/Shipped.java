package io.caracal.plugin.manager.internal;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/** What came with the sensor. */
public final class Shipped {
  private static final String LOCATION = "reference:";

  private Shipped() {}

  /** The version of a bundle that the sensor ships, empty if it ships none of the name. */
  public static Optional<Version> version(BundleContext context, String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .filter(bundle -> bundle.getLocation().startsWith(LOCATION))
        .map(bundle -> bundle.getVersion())
        .findFirst();
  }
}
