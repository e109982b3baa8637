package io.caracal.core.internal.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The descriptor that ships, read as the extender reads it. */
class ShippedEnsembleTest {
  private static final Path SHIPPED =
      Path.of("../model-bundles/ensemble/src/main/resources/caracal/ensemble.json");

  private static EnsembleDescriptor read(String json) throws IOException {
    return EnsembleDescriptor.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itsThresholdFallsAsTheBudgetGrows() throws IOException {
    LogisticEnsemble ensemble = new LogisticEnsemble(read(Files.readString(SHIPPED)));
    assertThat(ensemble.description().members()).contains("random-forest", "logistic", "cnn1d");
    double flows = 200_000;
    assertThat(ensemble.threshold(1, flows))
        .isGreaterThan(ensemble.threshold(10, flows))
        .isBetween(0.5, 1.0);
    assertThat(ensemble.threshold(10, flows)).isGreaterThan(ensemble.threshold(100, flows));
    assertThat(ensemble.hostThreshold(1, flows)).isFinite();
    assertThat(ensemble.hostThreshold(10, flows)).isGreaterThan(ensemble.hostThreshold(100, flows));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    String shipped = Files.readString(SHIPPED);
    assertThatThrownBy(() -> read(shipped.replaceFirst("\"members\"", "\"mebmers\"")))
        .hasMessageContaining("mebmers");
    assertThatThrownBy(() -> read(shipped.replaceFirst("\"kind\"[^,]*,", "")))
        .hasMessageContaining("of a member is missing");
    assertThatThrownBy(() -> read(shipped.replaceFirst("\"format\" *: *1", "\"format\": 2")))
        .hasMessageContaining("format is 2");
  }
}
