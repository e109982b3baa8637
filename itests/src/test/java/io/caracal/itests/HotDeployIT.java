package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import io.caracal.testkit.PluginKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newer model dropped into plugins/ while a long replay works. */
class HotDeployIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REPEATS = 12;

  @TempDir private Path folder;
  private PluginKey key;

  @BeforeEach
  void trust() throws IOException {
    key = PluginKey.trustedIn(folder);
  }

  /** The shipped model under a higher version: same scores, so that the alerts must not change. */
  private void repack(Path from, Path to, String version, boolean damaged) throws IOException {
    renumber(from, to, version, damaged);
    key.sign(to);
  }

  /** The same, not signed. */
  static void renumber(Path from, Path to, String version, boolean damaged) throws IOException {
    try (JarFile jar = new JarFile(from.toFile());
        OutputStream out = Files.newOutputStream(to)) {
      Manifest manifest = new Manifest(jar.getManifest());
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream copy = new JarOutputStream(out, manifest)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (!entry.isDirectory() && !entry.getName().equals("META-INF/MANIFEST.MF")) {
            copy.putNextEntry(new JarEntry(entry.getName()));
            copy.write(content(jar, entry, version, damaged));
            copy.closeEntry();
          }
        }
      }
    }
  }

  private static byte[] content(JarFile jar, JarEntry entry, String version, boolean damaged)
      throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      if (damaged
          && entry.getName().startsWith("caracal/model.")
          && !entry.getName().endsWith(".json")) {
        bytes[bytes.length / 2] ^= 1;
      }
      if (!entry.getName().equals("caracal/model.json")) {
        return bytes;
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      // The model's own version comes before those of its views.
      return text.replaceFirst(
              "\"version\"\\s*:\\s*\"[^\"]*\"", "\"version\" : \"" + version + "\"")
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  static Path shipped(String model) {
    return Caracal.HOME.resolve("bundles/io.caracal.model." + model + "-0.1.0.jar");
  }

  private void drop(String model, String version) throws IOException {
    Path made = folder.resolve(model + ".part");
    repack(shipped(model), made, version, false);
    Files.move(
        made,
        folder.resolve("plugins").resolve(model + "-" + version + ".jar"),
        StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void theNewerVersionTakesOverAndTheOlderReturns() throws Exception {
    String[] arguments = new String[REPEATS + 5];
    Arrays.fill(arguments, Caracal.SAMPLE);
    arguments[0] = "replay";
    arguments[REPEATS + 1] = "--out";
    arguments[REPEATS + 2] = folder.toString();
    arguments[REPEATS + 3] = "--set";
    arguments[REPEATS + 4] = "eve.types=alert,stats";
    Caracal caracal = Caracal.start(folder, arguments);
    caracal.await("replay");
    drop("cnn1d", "2.0.1");
    drop("random-forest", "2.0.1");
    caracal.await("detector cnn1d 2.0.1 takes over from 2.0.0");
    caracal.await("detector random-forest 2.0.1 takes over from 2.0.0");
    Files.delete(caracal.plugins().resolve("cnn1d-2.0.1.jar"));
    Files.delete(caracal.plugins().resolve("random-forest-2.0.1.jar"));
    caracal.await("detector cnn1d 2.0.0 takes over from 2.0.1");
    caracal.await("detector random-forest 2.0.0 takes over from 2.0.1");
    Result result = caracal.finish();
    assertThat(result.code()).isZero();

    JsonNode counters = JSON.readTree(folder.resolve("summary.json").toFile()).path("counters");
    long rows = counters.path("scoring.rows").asLong();
    for (String id : List.of("cnn1d", "random-forest", "diffusion")) {
      String prefix = "detectors." + id + ".";
      long scored = counters.path(prefix + "scored").asLong();
      long abstained = counters.path(prefix + "abstained").asLong();
      long skipped = counters.path(prefix + "skipped").asLong();
      assertThat(scored + abstained + skipped).as("rows of %s", id).isEqualTo(rows);
      assertThat(counters.path(prefix + "failures").asLong()).isZero();
      assertThat(counters.path(prefix + "swaps").asInt()).isEqualTo(id.equals("diffusion") ? 0 : 2);
    }
    assertThat(Files.readString(folder.resolve("eve.json"))).contains("2.0.1");
  }

  @Test
  void aCorruptModelLeavesTheRestRunning() throws Exception {
    Files.createDirectories(folder.resolve("plugins"));
    drop("cnn1d", "2.0.2");
    Path cut = folder.resolve("plugins/cnn1d-2.0.2.jar");
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 2000));
    repack(shipped("diffusion"), folder.resolve("plugins/diffusion-2.0.2.jar"), "2.0.2", true);

    Result replay = Caracal.run(folder, "replay", Caracal.SAMPLE);
    assertThat(replay.code()).isZero();
    assertThat(replay.out()).contains("184,753 packets");
    assertThat(replay.err()).contains("cnn1d-2.0.2.jar").doesNotContain("\tat ");

    Result listing = Caracal.run(folder, "detectors");
    assertThat(listing.code()).isEqualTo(1);
    assertThat(listing.out()).containsPattern("diffusion +2\\.0\\.2 +failed.*SHA-256");
    assertThat(listing.out()).containsPattern("diffusion +1\\.0\\.0 +active");
  }
}
