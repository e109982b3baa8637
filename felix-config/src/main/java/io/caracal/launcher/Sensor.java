package io.caracal.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The OSGi framework with the distribution's bundles in it, for the length of one command. */
final class Sensor implements AutoCloseable {
  /** Property for what the sensor remembers; empty for a folder that goes with the command. */
  static final String STATE = "caracal.state.dir";

  /** Property: false leaves the shipped models installed and not started; they take seconds. */
  static final String MODELS = "caracal.sensor.models";

  /** Property for the folder of plugins. */
  static final String PLUGINS = "caracal.plugins.dir";

  private static final Map<String, String> TRUST =
      Map.of("caracal.plugins.trust-dir", "config/trust", "caracal.plugins.keys-dir", "keys");
  private static final String CATALOGUES = "caracal.plugins.catalogues";
  private static final String KEY = "caracal.privacy.key-file";
  private static final Logger LOG = LoggerFactory.getLogger(Sensor.class);

  /** SLF4J 2 is what SLF4J 1.7 is to those who call it, such as bndlib. */
  private static final String SLF4J =
      "org.slf4j;version=2.0.17,org.slf4j;version=1.7.36,org.slf4j.event;version=2.0.17,org.slf4j.helpers;version=2.0.17,org.slf4j.spi;version=2.0.17";

  private static final long COMMAND_MILLIS = 20_000;
  private static final long STOP_MILLIS = 20_000;

  private final Framework framework;
  private final Path cache;

  private Sensor(Framework framework, Path cache) {
    this.framework = framework;
    this.cache = cache;
  }

  /**
   * Starts the framework and every bundle; one that does not start is logged and the rest go on.
   */
  static Sensor start(Distribution distribution, Map<String, String> settings)
      throws BundleException, IOException {
    Path cache = Files.createTempDirectory("caracal-");
    Path plugins = distribution.root().resolve(settings.getOrDefault(PLUGINS, "plugins"));
    Path configurations =
        distribution.root().resolve(settings.getOrDefault("caracal.config.dir", "config"));
    String state = settings.getOrDefault(STATE, "state");
    Map<String, String> properties = new HashMap<>(settings);
    properties.put(
        STATE, state.isEmpty() ? cache.toString() : distribution.root().resolve(state).toString());
    if (!state.isEmpty()) {
      Path evidence = distribution.root().resolve(state).resolve("evidence");
      properties.putIfAbsent("caracal.evidence.dir", evidence.toString());
    }
    properties.put(
        KEY,
        distribution.root().resolve(settings.getOrDefault(KEY, "state/privacy.key")).toString());
    properties.put(PLUGINS, plugins.toString());
    TRUST.forEach(
        (setting, folder) ->
            properties.put(
                setting,
                distribution.root().resolve(settings.getOrDefault(setting, folder)).toString()));
    properties.put(CATALOGUES, catalogues(distribution, settings.getOrDefault(CATALOGUES, "")));
    properties.put("caracal.sinks.settings", Setting.ofSinks(settings.keySet()));
    properties.put("caracal.settings.given", Setting.given(settings.keySet()));
    properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SLF4J);
    properties.put("felix.service.urlhandlers", "false");
    properties.put("felix.log.level", "1");
    properties.put("ds.showerrors", "false"); // failures are told in sentences, not as stack traces
    properties.put("felix.fileinstall.dir", configurations.toString());
    properties.put("felix.fileinstall.filter", ".*\\.cfg");
    properties.put("felix.fileinstall.enableConfigSave", "false");
    properties.put("felix.fileinstall.noInitialDelay", "true");
    properties.put("felix.fileinstall.poll", "1000");
    properties.put("felix.fileinstall.tmpdir", cache.resolve("fileinstall").toString());
    properties.put("felix.fileinstall.log.level", "1");
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(properties);
    framework.init();
    BundleContext context = framework.getBundleContext();
    List<Bundle> bundles = new ArrayList<>();
    boolean models = Boolean.parseBoolean(settings.getOrDefault(MODELS, "true"));
    for (Path jar : distribution.bundles()) {
      Bundle bundle = context.installBundle("reference:" + jar.toUri());
      if (models || !Distribution.model(jar)) {
        bundles.add(bundle);
      }
    }
    framework.start();
    for (Bundle bundle : bundles) {
      start(bundle);
    }
    Sensor sensor = new Sensor(framework, cache);
    sensor.signal("START"); // plugins come when everything that they need is there
    return sensor;
  }

  /** Folders and addresses of catalogues, as addresses. */
  private static String catalogues(Distribution distribution, String places) {
    return Arrays.stream(places.split(",", -1))
        .map(String::strip)
        .filter(Predicate.not(String::isEmpty))
        .map(
            place ->
                place.contains(":")
                    ? place
                    : distribution.root().resolve(place).normalize().toUri().toString())
        .collect(Collectors.joining(","));
  }

  private static void start(Bundle bundle) {
    if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
      return;
    }
    try {
      bundle.start();
    } catch (BundleException e) {
      LOG.error("bundle {} does not start: {}", bundle.getSymbolicName(), e.getMessage());
    }
  }

  /** Runs a command of the core and returns its exit code. */
  int run(String command, Map<String, Object> options) throws InterruptedException {
    ServiceTracker<ToIntFunction<Map<String, Object>>, ToIntFunction<Map<String, Object>>> tracker =
        tracker(ToIntFunction.class, command);
    ToIntFunction<Map<String, Object>> service = tracker.waitForService(COMMAND_MILLIS);
    if (service == null) {
      throw new IllegalStateException(
          "the bundles offer no command " + command + "; rebuild with mvn clean package");
    }
    return service.applyAsInt(options);
  }

  /**
   * Asks a running command to stop and waits until it has flushed everything; false if it is of a
   * kind that cannot.
   */
  boolean stop(String command) {
    ServiceTracker<Runnable, Runnable> tracker = tracker(Runnable.class, command);
    Runnable service = tracker.getService();
    if (service == null) {
      return false;
    }
    service.run();
    return true;
  }

  /** Tells whoever writes files that they were renamed: as {@code logrotate} does with SIGHUP. */
  void hangUp() {
    signal("HUP");
  }

  private void signal(String name) {
    BundleContext context = framework.getBundleContext();
    try {
      for (ServiceReference<Runnable> hook :
          context.getServiceReferences(Runnable.class, "(caracal.signal=" + name + ")")) {
        Optional.ofNullable(context.getService(hook)).ifPresent(Runnable::run);
        context.ungetService(hook);
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("caracal.signal", e);
    }
  }

  @SuppressWarnings("unchecked") // the filter names the class
  private <T> ServiceTracker<T, T> tracker(Class<?> type, String command) {
    String filter =
        "(&("
            + Constants.OBJECTCLASS
            + "="
            + type.getName()
            + ")(caracal.command="
            + command
            + "))";
    try {
      BundleContext context = framework.getBundleContext();
      ServiceTracker<T, T> tracker =
          new ServiceTracker<>(context, context.createFilter(filter), null);
      tracker.open();
      return tracker;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(filter, e);
    }
  }

  @Override
  public void close() {
    try {
      framework.stop();
      framework.waitForStop(STOP_MILLIS);
    } catch (BundleException e) {
      LOG.error("the framework did not stop: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(cache)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      LOG.warn("the temporary folder {} could not be removed: {}", cache, e.getMessage());
    }
  }
}
