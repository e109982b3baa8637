package io.caracal.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.table.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final String FOREST =
      """
      base = "shared.toml"
      id = "random-forest"
      architecture = "random-forest"
      views = ["cic"]
      minimum_packets = 4
      output = "none"
      seeds = [1]
      [model]
      exclude = ["cic/Dst Port"]
      forest = { trees = 5, depth = 4, leaf_examples = 2, features = 0.9 }
      """;

  private static final String AUTOENCODER =
      """
      base = "shared.toml"
      id = "autoencoder"
      architecture = "autoencoder"
      views = ["cic"]
      minimum_packets = 1
      output = "none"
      seeds = [1]
      [model]
      exclude = []
      clip = 5.0
      network = { hidden = [16, 4], noise = 0.05, dropout = 0.0 }
      fit = { epochs = 10, batch = 32, learning_rate = 0.01, weight_decay = 0.0, patience = 5 }
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream before = System.out;

  @BeforeEach
  void stage() throws IOException {
    Files.writeString(folder.resolve("shared.toml"), CommandsTest.SHARED);
    Files.writeString(folder.resolve("forest.toml"), FOREST);
    Files.writeString(folder.resolve("autoencoder.toml"), AUTOENCODER);
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(before);
  }

  @Test
  void printsALineForEveryRecipe() throws IOException {
    Path table = Tables.kdd(folder.resolve("t"), 600, "normal", "normal", "neptune", "satan");
    int exit =
        Main.run(
            "compare",
            table.toString(),
            folder.resolve("forest.toml").toString(),
            folder.resolve("autoencoder.toml").toString(),
            "--seeds",
            "2",
            "--without",
            "satan");
    assertThat(exit).isZero();
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.getFirst()).contains("of labels that are not in training").contains("2 seeds");
    assertThat(lines.get(4)).startsWith("| rate | benign rows | ");
    String[] forest = lines.get(5).split(" \\| ", -1);
    assertThat(forest[0]).isEqualTo("| random-forest");
    assertThat(forest[1]).isEqualTo("labelled rows");
    String[] autoencoder = lines.get(6).split(" \\| ", -1);
    assertThat(autoencoder[0]).isEqualTo("| autoencoder");
    assertThat(autoencoder[1]).isEqualTo("benign rows");
    // Either attack has ten columns or so that are far from those of normal rows.
    assertThat(Double.parseDouble(autoencoder[2].split(" ", -1)[0])).isGreaterThan(0.9);
    assertThat(autoencoder[2]).contains("±");
    assertThat(lines).hasSize(7);
  }

  @Test
  void aTableThatIsNoneIsOneSentence() throws IOException {
    Path table = Files.writeString(folder.resolve("t"), "a,b\n");
    assertThat(Main.run("compare", table.toString(), folder.resolve("forest.toml").toString()))
        .isEqualTo(1);
  }
}
