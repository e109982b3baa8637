package io.caracal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.Detector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

class FelixContainerTest {
  private static final String PACKAGE = "osgi.wiring.package";

  @TempDir Path folder;

  @Test
  void bundlesSeeTheSharedClassesAndTheProperties() throws Exception {
    try (FelixContainer felix =
        FelixContainer.builder()
            .share(Detector.class)
            .property("caracal.engine.device", "cpu")
            .start()) {
      Path jar =
          new ModelBundleJar(
                  "reader",
                  "1.0.0",
                  "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=25))\"",
                  Map.of())
              .write(folder);
      Bundle bundle = felix.start(jar);
      assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
      assertThat(felix.context().getBundle().adapt(BundleWiring.class).getCapabilities(PACKAGE))
          .extracting(capability -> capability.getAttributes().get(PACKAGE))
          .contains("io.caracal.api.detect", "org.slf4j");
      assertThat(felix.bundle("reader")).isEqualTo(bundle);
      assertThat(felix.context().getProperty("caracal.engine.device")).isEqualTo("cpu");
      Runnable service = () -> {};
      felix.context().registerService(Runnable.class, service, null);
      assertThat(felix.service(Runnable.class, "", Duration.ofSeconds(1))).isSameAs(service);
    }
  }

  @Test
  void whatIsMissingDoesNotResolve() throws Exception {
    try (FelixContainer felix = FelixContainer.builder().start()) {
      Path jar = ModelBundleJar.of("model", "1.0.0", "onnx", "tiny", 1).write(folder);
      assertThatThrownBy(() -> felix.start(jar))
          .isInstanceOf(BundleException.class)
          .hasMessageContaining("io.caracal.engine.onnx");
    }
  }
}
