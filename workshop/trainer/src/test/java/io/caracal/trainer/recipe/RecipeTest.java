package io.caracal.trainer.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final Path BUNDLES = Path.of("../../model-bundles");

  private static final String FLAT_TOML =
      """
      id = "x"
      version = "1.0.0"
      family = "f"
      architecture = "pca"
      views = ["cic"]
      minimum_packets = 1
      seeds = [1, 2]
      output = "out"
      flows = []
      model = { clip = 4.5 }
      """;

  private static final String FLAT_YAML =
      """
      id: x
      version: 1.0.0
      family: f
      architecture: pca
      views: [cic]
      minimum_packets: 1
      seeds: [1, 2]
      output: out
      flows: []
      model: {clip: 4.5}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "autoencoder",
        "cnn1d",
        "random-forest",
        "ensemble",
        "logistic",
        "pca",
        "kmeans",
        "one-class-svm"
      })
  void shippedRecipesAreComplete(String id) {
    Recipe.File file = Recipe.read(BUNDLES.resolve(id).resolve("recipe.toml"));
    assertThat(file.recipe().id()).isEqualTo(id);
    assertThat(file.recipe().data()).hasSize(2);
    assertThat(file.recipe().classes()).hasSize(10);
    assertThat(file.output()).endsWithRaw(Path.of(id, "src/main/resources/caracal"));
  }

  @Test
  void ownTablesGoBeforeTheBase() throws IOException {
    Path shipped = BUNDLES.resolve("cnn1d/recipe.toml").toAbsolutePath();
    Path own = folder.resolve("recipe.toml");
    Files.writeString(own, "base = \"" + shipped + "\"\nid = \"mine\"\n");
    assertThatThrownBy(() -> Recipe.read(own))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("which has a base");
    Path base = BUNDLES.resolve("training.toml").toAbsolutePath();
    String text = Files.readString(shipped).replace("../training.toml", base.toString());
    Files.writeString(own, text);
    String before = Recipe.read(own).sha256();
    Files.writeString(
        own,
        text
            + "\n[split]\nseed = 5\ncalibration = 0.1\nvalidation = 0.1\n"
            + "cycle_seconds = 60.0\ngap_seconds = 1.0\n");
    assertThat(Recipe.read(own).recipe().split().seed()).isEqualTo(5);
    assertThat(Recipe.read(own).sha256()).isNotEqualTo(before);
  }

  @Test
  void yamlSaysTheSame() throws IOException {
    Path base = BUNDLES.resolve("training.toml").toAbsolutePath();
    Path toml =
        Files.writeString(folder.resolve("r.toml"), "base = \"" + base + "\"\n" + FLAT_TOML);
    Path yaml = Files.writeString(folder.resolve("r.yaml"), "base: " + base + "\n" + FLAT_YAML);
    assertThat(Recipe.read(yaml).recipe()).hasToString(Recipe.read(toml).recipe().toString());
    Path broken = Files.writeString(folder.resolve("b.yml"), "id: x\n  seeds: [1\n");
    assertThatThrownBy(() -> Recipe.read(broken))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("b.yml is no YAML at line 2");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path file = Files.writeString(folder.resolve("r.toml"), "id = \"x\"\nspeed = 3\n");
    assertThatThrownBy(() -> Recipe.read(file)).isInstanceOf(TrainerException.class);
    assertThatThrownBy(() -> Recipe.read(folder.resolve("none.toml")))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("none.toml");
    Path broken = Files.writeString(folder.resolve("b.toml"), "id = \n");
    assertThatThrownBy(() -> Recipe.read(broken)).hasMessageContaining("no TOML");
  }

  @Test
  void labelsWithAStarStandForAllThatBeginSo() {
    ClassEntry scan = new ClassEntry("scan", "T1046", List.of("scan_*", "sweep"));
    assertThat(scan.covers("scan_syn")).isTrue();
    assertThat(scan.covers("sweep")).isTrue();
    assertThat(scan.covers("sweeping")).isFalse();
  }
}
