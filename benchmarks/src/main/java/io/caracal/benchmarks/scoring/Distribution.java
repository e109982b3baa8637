package io.caracal.benchmarks.scoring;

import io.caracal.api.detect.Detector;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.testkit.FelixContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;

/** The bundles of a distribution, at work in this process. */
final class Distribution implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FelixContainer felix;

  private Distribution(FelixContainer felix) {
    this.felix = felix;
  }

  /**
   * Starts all bundles.
   *
   * @param home the distribution's folder {@code felix-config/target/caracal}
   * @param properties framework properties
   */
  static Distribution start(Path home, Map<String, String> properties)
      throws IOException, BundleException {
    FelixContainer.Builder builder =
        FelixContainer.builder().share(Detector.class).bundle(bundles(home).toArray(Path[]::new));
    properties.forEach(builder::property);
    return new Distribution(builder.start());
  }

  /** Without the API, which the class path offers to both sides. */
  private static List<Path> bundles(Path home) throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("bundles"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar"))
          .filter(jar -> !jar.getFileName().toString().startsWith("io.caracal.api-"))
          .sorted()
          .toList();
    }
  }

  /**
   * The bundles of detectors.
   *
   * @param home the distribution's folder
   * @param wanted ids, all if empty
   */
  static List<Path> models(Path home, List<String> wanted) throws IOException {
    return bundles(home).stream()
        .filter(bundle -> bundle.getFileName().toString().startsWith("io.caracal.model."))
        .filter(bundle -> !ModelJar.id(bundle).equals("ensemble"))
        .filter(bundle -> wanted.isEmpty() || wanted.contains(ModelJar.id(bundle)))
        .toList();
  }

  /** A detector as the sensor calls it. */
  Detector detector(String id) throws InterruptedException, InvalidSyntaxException {
    return felix.service(Detector.class, "(" + Detector.ID + "=" + id + ")", PATIENCE);
  }

  /** Where a detector runs. */
  String device(String id) throws InvalidSyntaxException {
    BundleContext context = felix.context();
    return context.getServiceReferences(PluginReport.class, null).stream()
        .flatMap(reference -> context.getService(reference).plugins().stream())
        .filter(plugin -> plugin.id().equals(id))
        .map(PluginStatus::device)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws BundleException, IOException {
    felix.close();
  }
}
