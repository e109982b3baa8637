package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.detect.Detector;
import io.caracal.api.flow.View;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.testkit.ModelBundleJar;
import io.caracal.testkit.TinyModelBundle;
import io.caracal.testkit.TinyOnnx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Data-only model bundles become detectors inside Felix, or say why they do not. */
class ModelBundleIT {
  @TempDir private static Path folder;
  private static EngineContainer container;

  private ServiceRegistration<View> view;

  @BeforeAll
  static void start() throws Exception {
    container = new EngineContainer(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    container.close();
  }

  @BeforeEach
  void offerTheView() {
    view = container.offer(TinyModelBundle.VIEW);
  }

  @AfterEach
  void clear() throws Exception {
    container.undeployAll();
    view.unregister();
  }

  @Test
  void aModelThatAnswersItsGoldenVectorsScores() throws Exception {
    container.deploy(TinyModelBundle.distance("good", "1.0.0", 2));
    Detector detector = container.detector("good", "1.0.0").orElseThrow();
    assertThat(EngineContainer.score(detector, 1, -1, 0.5f)).isEqualTo(5);
    assertThat(container.status("good", "1.0.0"))
        .extracting(
            PluginStatus::state, PluginStatus::engine, PluginStatus::device, PluginStatus::reason)
        .containsExactly(PluginState.ACTIVE, "onnx", "cpu", "");
  }

  /** What is wrong, the bundle, the id it is reported by (its name if it has none), the reason. */
  static Stream<Arguments> broken() {
    byte[] garbage = "no model".getBytes(StandardCharsets.UTF_8);
    byte[] root = TinyOnnx.root(3).toByteArray();
    String descriptor = TinyModelBundle.descriptor("bad", "1.0.0", garbage);
    ModelBundleJar good = TinyModelBundle.distance("bad", "1.0.0", 1);
    return Stream.of(
        Arguments.of(
            "golden vectors of another model",
            good.with("golden.json", TinyModelBundle.golden(1.5f)),
            "bad",
            "golden vector 0 expects 2.25 but the model answers 1.5"),
        Arguments.of(
            "a model other than the one described",
            good.with("model.onnx", garbage),
            "bad",
            "caracal/model.onnx of bundle test.model.bad 1.0.0 has SHA-256"),
        Arguments.of(
            "a corrupt model",
            good.with("model.onnx", garbage).with("model.json", descriptor),
            "bad",
            "caracal/model.onnx is no ONNX model"),
        Arguments.of(
            "a model that answers NaN",
            good.with("model.onnx", root)
                .with("model.json", TinyModelBundle.descriptor("bad", "1.0.0", root))
                .with("golden.json", TinyModelBundle.golden(1).replace("[0, -1", "[-4, -1")),
            "bad",
            "score NaN in row 0"),
        Arguments.of(
            "another version in the descriptor",
            good.with("model.json", TinyModelBundle.descriptor("bad", "1.1.0", garbage)),
            "test.model.bad",
            "says version 1.1.0, which must equal the Bundle-Version"),
        Arguments.of(
            "other columns",
            good.with("model.json", descriptor.replace("\"c1\"", "\"renamed\"")),
            "bad",
            "column 1 of the view tiny 1.0 is 'c1' but the model was trained on 'renamed'"),
        Arguments.of(
            "a key missing",
            good.with("model.json", descriptor.replace("\"threshold\": 4.5,", "")),
            "test.model.bad",
            "caracal/model.json of bundle test.model.bad 1.0.0 lacks the key 'threshold'"),
        Arguments.of(
            "no descriptor",
            ModelBundleJar.of("bad", "1.0.0", "onnx", "tiny", 1),
            "bad",
            "bundle bad 1.0.0 lacks caracal/model.json"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void aBrokenBundleSaysWhyAndLeavesTheRestRunning(
      String what, ModelBundleJar bundle, String id, String reason) throws Exception {
    container.deploy(TinyModelBundle.distance("good", "1.0.0", 1));
    container.deploy(bundle);
    PluginStatus status = container.status(id, "1.0.0");
    assertThat(status.state()).isEqualTo(PluginState.FAILED);
    assertThat(status.reason()).contains(reason).doesNotContain("\n");
    assertThat(container.detector("bad", "1.0.0")).isEmpty();
    assertThat(EngineContainer.score(container.detector("good", "1.0.0").orElseThrow(), 1, 1, 1))
        .isEqualTo(3);
  }

  @Test
  void aModelForAnotherViewDoesNotResolve() throws Exception {
    ModelBundleJar tooNew =
        new ModelBundleJar(
            "test.model.new",
            "1.0.0",
            ModelBundleJar.of("any", "1.0.0", "onnx", "tiny", 2).requirements(),
            TinyModelBundle.distance("new", "1.0.0", 1).entries());
    assertThatThrownBy(() -> container.deploy(tooNew))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("io.caracal.view")
        .hasMessageContaining("(name=tiny)(version>=2.0)");
    assertThat(container.status("new", "1.0.0"))
        .satisfies(
            status -> {
              assertThat(status.state()).isEqualTo(PluginState.UNRESOLVED);
              assertThat(status.reason())
                  .startsWith("requires io.caracal.view (&(name=tiny)(version>=2.0)")
                  .endsWith("which no bundle provides");
            });
    assertThat(container.detector("new", "1.0.0")).isEmpty();
  }

  @Test
  void twoVersionsStandSideBySideAndTheOlderOutlivesTheNewer() throws Exception {
    container.deploy(TinyModelBundle.distance("twin", "1.0.0", 1));
    Bundle newer = container.deploy(TinyModelBundle.distance("twin", "1.1.0", 2));
    Detector first = container.detector("twin", "1.0.0").orElseThrow();
    Detector second = container.detector("twin", "1.1.0").orElseThrow();
    assertThat(EngineContainer.score(first, 1, 1, 1)).isEqualTo(3);
    assertThat(EngineContainer.score(second, 1, 1, 1)).isEqualTo(6);

    newer.uninstall();
    assertThat(container.detector("twin", "1.1.0")).isEmpty();
    assertThat(container.detector("twin", "1.0.0")).containsSame(first);
    assertThat(EngineContainer.score(first, 1, 1, 1)).isEqualTo(3);
    assertThatThrownBy(() -> EngineContainer.score(second, 1, 1, 1))
        .hasMessage("twin 1.1.0 was retired");
  }

  @Test
  void aModelWaitsForItsViewAndLeavesWithIt() throws Exception {
    view.unregister();
    container.deploy(TinyModelBundle.distance("early", "1.0.0", 1));
    assertThat(container.detector("early", "1.0.0")).isEmpty();
    assertThat(container.status("early", "1.0.0"))
        .extracting(PluginStatus::state, PluginStatus::reason)
        .containsExactly(
            PluginState.UNRESOLVED, "waits for the view tiny 1.0, which nobody offers");

    view = container.offer(TinyModelBundle.VIEW);
    assertThat(container.detector("early", "1.0.0")).isPresent();
    assertThat(container.status("early", "1.0.0").state()).isEqualTo(PluginState.ACTIVE);

    view.unregister();
    assertThat(container.detector("early", "1.0.0")).isEmpty();
    view = container.offer(TinyModelBundle.VIEW);
    assertThat(container.detector("early", "1.0.0")).isPresent();
  }

  @Test
  void aSecondContainerInTheSameProcessLoadsTheEngineAgain() throws Exception {
    try (EngineContainer second = new EngineContainer(folder.resolve("second"))) {
      second.offer(TinyModelBundle.VIEW);
      second.deploy(TinyModelBundle.distance("good", "1.0.0", 1));
      assertThat(EngineContainer.score(second.detector("good", "1.0.0").orElseThrow(), 1, 1, 1))
          .isEqualTo(3);
    }
  }
}
