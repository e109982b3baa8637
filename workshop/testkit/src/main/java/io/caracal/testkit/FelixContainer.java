package io.caracal.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A Felix framework inside the test, with a cache of its own that {@link #close} removes. The jars
 * given by {@link Builder#share} are exported by the system bundle, so that the test and the
 * bundles see the same classes; org.slf4j always is. Everything else is a normal bundle.
 */
public final class FelixContainer implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Framework framework;
  private final Path cache;

  private FelixContainer(Framework framework, Path cache) {
    this.framework = framework;
    this.cache = cache;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Context of the system bundle. */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  public Bundle install(Path jar) throws BundleException {
    return context().installBundle(jar.toUri().toString());
  }

  public Bundle start(Path jar) throws BundleException {
    Bundle bundle = install(jar);
    bundle.start();
    return bundle;
  }

  /** The bundle of a symbolic name; of several versions any. */
  public Bundle bundle(String symbolicName) {
    return Stream.of(context().getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no bundle " + symbolicName));
  }

  /** Waits for a service of a {@linkplain Builder#share shared} type. */
  public <T> T service(Class<T> type, String filter, Duration timeout)
      throws InterruptedException, InvalidSyntaxException {
    String named = "(&(objectClass=" + type.getName() + ")" + filter + ")";
    ServiceTracker<T, T> tracker =
        new ServiceTracker<>(context(), context().createFilter(named), null);
    tracker.open();
    try {
      T service = tracker.waitForService(timeout.toMillis());
      if (service == null) {
        throw new IllegalStateException("no service " + named + " after " + timeout);
      }
      return service;
    } finally {
      tracker.close();
    }
  }

  @Override
  public void close() throws BundleException, IOException {
    framework.stop();
    try {
      framework.waitForStop(STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the framework was stopping", e);
    }
    try (Stream<Path> paths = Files.walk(cache)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What the container starts with. */
  public static final class Builder {
    private final List<Path> bundles = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> shared = new ArrayList<>();

    private Builder() {
      share(org.slf4j.Logger.class);
    }

    public Builder bundle(Path... jars) {
      bundles.addAll(List.of(jars));
      return this;
    }

    /** All jars of a folder, in the order of their names. */
    public Builder bundles(Path folder) throws IOException {
      try (Stream<Path> jars = Files.list(folder)) {
        jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(bundles::add);
      }
      return this;
    }

    /** A framework property. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /** Exports from the class path what the bundle of this class exports. */
    public Builder share(Class<?> type) {
      String exports = manifest(type).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
      if (exports == null) {
        throw new IllegalArgumentException("the jar of " + type + " exports no package");
      }
      shared.add(exports);
      return this;
    }

    /** Starts the framework, installs all bundles, then starts those that are no fragments. */
    public FelixContainer start() throws IOException, BundleException {
      Path cache = Files.createTempDirectory("felix");
      Map<String, String> configuration = new LinkedHashMap<>(properties);
      configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
      configuration.put("felix.service.urlhandlers", "false");
      configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", shared));
      Framework framework =
          ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(configuration);
      framework.start();
      FelixContainer container = new FelixContainer(framework, cache);
      List<Bundle> installed = new ArrayList<>();
      for (Path jar : bundles) {
        installed.add(container.install(jar));
      }
      for (Bundle bundle : installed) {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
          bundle.start();
        }
      }
      return container;
    }

    private static Manifest manifest(Class<?> type) {
      try {
        Path home = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(home)) {
          try (InputStream in = Files.newInputStream(home.resolve(JarFile.MANIFEST_NAME))) {
            return new Manifest(in);
          }
        }
        try (JarFile jar = new JarFile(home.toFile())) {
          return jar.getManifest();
        }
      } catch (IOException | URISyntaxException e) {
        throw new IllegalArgumentException("the jar of " + type + " cannot be read", e);
      }
    }
  }
}
