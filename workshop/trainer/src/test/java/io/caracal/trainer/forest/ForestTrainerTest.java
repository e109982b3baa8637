package io.caracal.trainer.forest;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.Progress;
import io.caracal.trainer.scoring.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForestTrainerTest {
  private static final List<String> COLUMNS = List.of("a", "b", "Dst Port");
  private static final List<String> CLASSES = List.of("flood", "scan");

  private final float[] rows = new float[600];
  private final List<String> labels = new ArrayList<>();

  ForestTrainerTest() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      String label = List.of("benign", "scan", "flood").get(i % 3);
      labels.add(label);
      rows[i * 3] = (float) (random.nextGaussian() + (label.equals("scan") ? 6 : 0));
      rows[i * 3 + 1] = (float) (random.nextGaussian() + (label.equals("flood") ? 6 : 0));
      rows[i * 3 + 2] = i;
    }
  }

  private byte[] train(long seed) {
    return new ForestTrainer(new ForestTrainer.Settings(10, 6, 2, 0.6))
        .train(rows, labels, COLUMNS, "synthetic", seed, Progress.SILENT);
  }

  @Test
  void separatesWhatIsSeparable() {
    try (ForestModel model = new ForestModel(train(1), COLUMNS, CLASSES)) {
      Answer answer = model.score(new float[] {0, 0, 1, 6, 0, 1, 0, 6, 1}, 3);
      assertThat(answer.scores()[0]).isLessThan(0.2f);
      assertThat(answer.scores()[1]).isGreaterThan(0.8f);
      assertThat(answer.likeliest(1)).isEqualTo(1);
      assertThat(answer.likeliest(2)).isEqualTo(0);
    }
  }

  @Test
  void roundsToTheNearestOfFiveSignificantBits() {
    assertThat(ForestTrainer.rounded(0)).isZero();
    assertThat(ForestTrainer.rounded(31)).isEqualTo(31);
    assertThat(ForestTrainer.rounded(-31)).isEqualTo(-31);
    assertThat(ForestTrainer.rounded(33.1f)).isEqualTo(34);
    assertThat(ForestTrainer.rounded(32.9f)).isEqualTo(32);
    assertThat(ForestTrainer.rounded(1e9f)).isBetween(0.96e9f, 1.04e9f);
  }

  @Test
  void sameSeedGivesSameBytes() {
    assertThat(train(1)).isEqualTo(train(1));
    assertThat(train(2)).isNotEqualTo(train(1));
  }
}
