package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import io.caracal.itests.plugin.BadDetector;
import io.caracal.testkit.PluginKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed plugins that throw, give NaN or never come back, while the sample is replayed. */
class MisbehavingIT {
  private static final Map<String, String> REASONS =
      Map.of("throwing", "thrown on purpose", "nan", "NaN", "endless", "detectors.call-limit");

  @TempDir private Path folder;

  private Path plugin(String kind) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "test.bad." + kind);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Bundle-Activator", BadDetector.class.getName());
    main.putValue("Bad-Kind", kind);
    main.putValue("Import-Package", "org.osgi.framework,io.caracal.api.detect,io.caracal.api.flow");
    String resource = BadDetector.class.getName().replace('.', '/') + ".class";
    Path jar = Files.createDirectories(folder.resolve("plugins")).resolve(kind + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream code = BadDetector.class.getClassLoader().getResourceAsStream(resource)) {
      entries.putNextEntry(new ZipEntry(resource));
      entries.write(code.readAllBytes());
    }
    return jar;
  }

  @Test
  void eachIsQuarantinedWithItsReasonAndTrafficIsUnharmed() throws Exception {
    PluginKey key = PluginKey.trustedIn(folder);
    for (String kind : REASONS.keySet()) {
      key.sign(plugin(kind));
    }
    Result result =
        Caracal.run(
            folder,
            "replay",
            Caracal.SAMPLE,
            "--out",
            folder.resolve("out").toString(),
            "--set",
            "detectors.scope=needed," + String.join(",", REASONS.keySet()));
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).doesNotContain("\tat ");

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
    assertThat(counters.path("capture.packets").asLong()).isEqualTo(184_753);
    assertThat(counters.path("scoring.skipped").asLong()).isZero();
    assertThat(counters.path("lane_failures").asLong()).isZero();
    assertThat(DistributionIT.alerts(folder.resolve("out/eve.json")))
        .isEqualTo(Files.readString(DistributionIT.EXPECTED));
  }
}
