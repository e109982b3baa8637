package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import io.caracal.plugin.signing.Fingerprint;
import io.caracal.plugin.signing.TrustFolder;
import io.caracal.testkit.ModelBundleJar;
import io.caracal.testkit.PluginKey;
import io.caracal.testkit.TinyModelBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is dropped into plugins/ that must not start is refused with a reason, and no more. */
class TrustIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path plugins;
  private PluginKey key;

  /** By the file, what the sensor must say of it. */
  private final Map<Path, String> expected = new LinkedHashMap<>();

  @BeforeEach
  void trust() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
    key = PluginKey.trustedIn(folder);
  }

  private static ModelBundleJar model(String id) {
    return TinyModelBundle.distance(id, "1.0.0", 1);
  }

  private Path signed(ModelBundleJar jar, String reason) throws IOException {
    return expect(key.write(jar, plugins), reason);
  }

  private Path expect(Path jar, String reason) {
    expected.put(jar, reason);
    return jar;
  }

  private Path bundle(String name, String header, String value) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
    manifest.getMainAttributes().putValue("Bundle-Version", "9.0.0");
    manifest.getMainAttributes().putValue(header, value);
    Path jar = plugins.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new ZipEntry("caracal/card.md"));
    }
    return key.sign(jar);
  }

  private static void add(Path jar, String entry) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath(entry), "other text");
    }
  }

  @Test
  void eachIsRefusedInWordsAndTheTrafficIsJudgedAsEver() throws Exception {
    expect(model("unsigned").write(plugins), "test.model.unsigned 1.0.0 is not signed");
    PluginKey stranger = PluginKey.create(folder.resolve("elsewhere"), "stranger");
    expect(stranger.write(model("strange"), plugins), "its signer CN=stranger");
    PluginKey old =
        PluginKey.create(
            folder.resolve("elsewhere"), "old", Instant.now().minus(Duration.ofDays(9)), 7);
    TrustFolder trust = new TrustFolder(folder.resolve("config/trust"));
    trust.trust("old", old.key().certificate());
    expect(old.write(model("late"), plugins), "the certificate of its signer old is valid from");
    PluginKey stolen = PluginKey.create(folder.resolve("elsewhere"), "stolen");
    trust.trust("stolen", stolen.key().certificate());
    trust.revoke(Fingerprint.of(stolen.key().certificate()), "the key was stolen");
    expect(stolen.write(model("revoked"), plugins), "is revoked: the key was stolen");
    add(signed(model("repacked"), "test.model.repacked 1.0.0 "), "caracal/more.md");
    signed(model("slip").with("../../../x", "x"), "leads out of it");
    signed(model("bomb").with("zeros", new byte[20 << 20]), "100 times its size");
    expect(bundle("test.fragment", "Fragment-Host", "io.caracal.core"), "is a fragment");
    expect(
        bundle("test.hijack", "Export-Package", "io.caracal.api.flow"),
        "exports io.caracal.api.flow");
    expect(
        bundle("io.caracal.core", "Bundle-Name", "core"), "io.caracal.core 9.0.0 needs a restart");

    Result replay =
        Caracal.run(folder, "replay", Caracal.SAMPLE, "--out", folder.toString(), "--quiet");
    assertThat(replay.code()).as(replay.err()).isZero();
    for (Map.Entry<Path, String> one : expected.entrySet()) {
      assertThat(replay.err().lines().filter(line -> line.contains(one.getKey().toString())))
          .as("what is said of %s", one.getKey())
          .anyMatch(line -> line.contains(one.getValue()));
    }
    assertThat(replay.err()).doesNotContain("\tat ");
    JsonNode counters = JSON.readTree(folder.resolve("summary.json").toFile()).path("counters");
    assertThat(counters.path("decoder.packets").asLong()).isEqualTo(184_753);
    assertThat(counters.path("lane_failures").asLong()).isZero();
  }
}
