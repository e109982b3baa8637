package io.caracal.plugin.manager.internal;

import io.caracal.plugin.manager.internal.trust.Backstop;
import io.caracal.plugin.manager.internal.trust.TrustGate;
import io.caracal.testkit.FelixContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A framework with a life cycle on a folder, as a start of the sensor makes it. */
final class Bench implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  final Roles roles = new Roles();
  final Gate gate;
  final Lifecycle lifecycle;
  private final FelixContainer felix;

  Bench(Path folder, Runnable step, String... properties) throws IOException, BundleException {
    FelixContainer.Builder builder =
        FelixContainer.builder()
            .property("caracal.plugins.dir", folder.toString())
            .property("caracal.plugins.trust", "off");
    for (int i = 0; i < properties.length; i += 2) {
      builder.property(properties[i], properties[i + 1]);
    }
    felix = builder.start();
    gate = new TrustGate(felix.context(), new Backstop(felix.context()));
    lifecycle =
        new Lifecycle(
            felix.context(), roles, new SelfTest(), new Trial(felix.context()), gate, step);
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      for (Path jar : jars) {
        load(jar);
      }
    }
    lifecycle.reconcile();
  }

  /** What is refused is asked for by the test. */
  private void load(Path jar) {
    try {
      lifecycle.install(jar, Request.FOLDER);
    } catch (Refusal e) {
      LOG.info("{}", e.getMessage());
    }
  }

  FelixContainer felix() {
    return felix;
  }

  /** Versions and stages, as {@code 1.0.0 standby, 2.0.0 promoted}. */
  String state() {
    return lifecycle.plugins().stream()
        .map(plugin -> plugin.jar().version() + " " + plugin.stage().key())
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() throws IOException, BundleException {
    lifecycle.close();
    felix.close();
  }
}
