package io.caracal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.rows.Sensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed leaves nothing half-written, and goes on to the same bytes. */
class ResumeTest {
  private static final String RECIPE =
      """
      base = "shared.toml"
      id = "tiny"
      architecture = "autoencoder"
      views = ["cic", "host"]
      minimum_packets = 1
      output = "bundle"
      seeds = [1]
      [model]
      exclude = ["cic/Dst Port"]
      clip = 5.0
      network = { hidden = [4, 2], noise = 0.05, dropout = 0.1 }
      fit = { epochs = 40, batch = 32, learning_rate = 0.01, weight_decay = 0.001, patience = 40 }
      """;

  @TempDir Path folder;

  @BeforeEach
  void stage() throws IOException {
    SyntheticCampaign campaign = new SyntheticCampaign(folder).write();
    System.setProperty(Sensor.COMMAND, campaign.sensor());
    Files.writeString(folder.resolve("shared.toml"), CommandsTest.SHARED);
    Files.writeString(folder.resolve("r.toml"), RECIPE);
  }

  @AfterEach
  void restore() {
    System.clearProperty(Sensor.COMMAND);
  }

  private int train(String... more) {
    Stream<String> line =
        Stream.of("train", folder.resolve("r.toml").toString(), "--data", folder.toString());
    return Main.run(Stream.concat(line, Stream.of(more)).toArray(String[]::new));
  }

  /** Trains in another process and kills it after an epoch. */
  private void trainUntil(String epoch) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.bytedeco.javacpp.cachedir="
                + System.getProperty("org.bytedeco.javacpp.cachedir"),
            "-D" + Sensor.COMMAND + "=" + System.getProperty(Sensor.COMMAND),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "train",
            folder.resolve("r.toml").toString(),
            "--data",
            folder.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.contains(epoch)) {
          break;
        }
      }
    }
    process.destroyForcibly().waitFor();
    assertThat(said.toString()).contains(epoch);
  }

  @Test
  void whatWasKilledGoesOnToTheSameBytes() throws Exception {
    assertThat(train()).isZero();
    SortedMap<String, byte[]> whole = BundleFiles.repeatable(folder.resolve("bundle"));
    assertThat(folder.resolve("r.toml.checkpoints")).doesNotExist();

    trainUntil("epoch 7 of 40");
    assertThat(BundleFiles.repeatable(folder.resolve("bundle")))
        .containsExactlyInAnyOrderEntriesOf(whole);
    for (String name : BundleFiles.of(folder.resolve("bundle")).keySet()) {
      Files.delete(folder.resolve("bundle").resolve(name));
    }
    assertThat(train("--resume")).isZero();
    assertThat(BundleFiles.repeatable(folder.resolve("bundle")))
        .containsExactlyInAnyOrderEntriesOf(whole);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("."));
    }
  }

  @Test
  void nothingToGoOnFromIsSaid() {
    assertThat(train("--resume")).isEqualTo(1);
  }
}
