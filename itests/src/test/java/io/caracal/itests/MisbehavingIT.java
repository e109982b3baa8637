package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import io.caracal.itests.plugin.BadDetector;
import io.caracal.itests.plugin.BadView;
import io.caracal.itests.plugin.SwapPlugin;
import io.caracal.testkit.ModelBundleJar;
import io.caracal.testkit.PluginKey;
import io.caracal.testkit.TinyModelBundle;
import io.caracal.testkit.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signed detectors and views that throw, give NaN or never come back, while the sample is replayed.
 */
class MisbehavingIT {
  private static final Map<String, String> REASONS =
      Map.of(
          "throwing", "thrown on purpose",
          "nan", "NaN",
          "endless", "detectors.call-limit",
          "loop", "detectors.call-limit");

  /** Kinds of views that throw, each with a detector that reads it. */
  private static final List<String> VIEWS = List.of("alone", "around");

  /** Above every golden vector and below the bytes of any flow, which the tiny view has. */
  private static final float BETWEEN = 10;

  @TempDir private Path folder;

  private static Path bad(Path plugins, String kind, Class<?> activator) throws IOException {
    return CodeJar.write(
        plugins.resolve(kind + ".jar"),
        "test.bad." + kind,
        "1.0.0",
        activator,
        Map.of("Bad-Kind", kind));
  }

  /** A model that passes its golden vectors if no value in them is above a limit. */
  private static ModelBundleJar loop(String id, float limit) {
    byte[] model = TinyOnnx.endless(3, 1, limit).toByteArray();
    return ModelBundleJar.of("test.bad." + id, "1.0.0", "onnx", "tiny", 1)
        .with("model.json", TinyModelBundle.descriptor(id, "1.0.0", model))
        .with("model.onnx", model)
        .with("golden.json", TinyModelBundle.golden(1));
  }

  @Test
  void eachIsQuarantinedWithItsReasonAndTrafficIsUnharmed() throws Exception {
    PluginKey key = PluginKey.trustedIn(folder);
    Path plugins = folder.resolve("plugins");
    for (String kind : List.of("throwing", "nan", "endless")) {
      key.sign(bad(plugins, kind, BadDetector.class));
    }
    for (String kind : VIEWS) {
      key.sign(bad(plugins, kind, BadView.class));
    }
    key.sign(
        CodeJar.write(
            plugins.resolve("view.jar"),
            "test.view",
            "1.0.0",
            SwapPlugin.class,
            Map.of("Swap-Kind", "view", "Provide-Capability", TinyModelBundle.VIEW_CAPABILITY)));
    key.write(loop("loop", BETWEEN), plugins);
    key.write(loop("never", 0), plugins);
    Result result =
        Caracal.run(
            folder,
            "replay",
            Caracal.SAMPLE,
            "--out",
            folder.resolve("out").toString(),
            "--set",
            "detectors.scope=needed,"
                + String.join(",", REASONS.keySet())
                + ","
                + String.join(",", VIEWS));
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err())
        .doesNotContain("\tat ")
        .contains("the model fails on golden vector 0 in a batch of 8: did not come back within");

    JsonNode counters =
        new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile()).path("counters");
    for (Map.Entry<String, String> bad : REASONS.entrySet()) {
      String detector = "detectors." + bad.getKey() + ".";
      assertThat(counters.path(detector + "quarantined").asInt()).as(bad.getKey()).isEqualTo(1);
      assertThat(counters.path(detector + "quarantine_reasons").toString())
          .contains("1.0.0: ")
          .contains(bad.getValue());
      assertThat(counters.path(detector + "scored").asLong()).isZero();
      assertThat(Files.readString(folder.resolve("plugins/changes.jsonl")))
          .containsPattern("quarantine.*test.bad." + bad.getKey());
    }
    for (String view : VIEWS) {
      assertThat(counters.path("views." + view + ".quarantined").asInt()).as(view).isEqualTo(1);
      assertThat(counters.path("views." + view + ".quarantine_reasons").toString())
          .contains("thrown on purpose");
      assertThat(counters.path("detectors." + view + ".scored").asLong()).isZero();
      assertThat(Files.readString(folder.resolve("plugins/changes.jsonl")))
          .containsPattern("quarantine.*test.bad." + view);
    }
    assertThat(counters.path("capture.packets").asLong()).isEqualTo(184_753);
    assertThat(counters.path("scoring.skipped").asLong()).isZero();
    assertThat(counters.path("lane_failures").asLong()).isZero();
    assertThat(DistributionIT.alerts(folder.resolve("out/eve.json")))
        .isEqualTo(Files.readString(DistributionIT.EXPECTED));
  }
}
