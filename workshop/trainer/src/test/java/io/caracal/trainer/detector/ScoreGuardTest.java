package io.caracal.trainer.detector;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.trainer.TrainerException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScoreGuardTest {
  private static float[] scores(float first, float step) {
    float[] scores = new float[100];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = first + step * i;
    }
    return scores;
  }

  @Test
  void scoresThatVaryPass() {
    assertThatCode(() -> ScoreGuard.check("x", scores(0, 1e-6f))).doesNotThrowAnyException();
    assertThatCode(() -> ScoreGuard.check("x", scores(5, 0.01f))).doesNotThrowAnyException();
  }

  @Test
  void aConstantScoreIsRefusedEvenWithOutliers() {
    float[] scores = new float[100];
    Arrays.fill(scores, 0.7f);
    scores[3] = 100;
    scores[50] = 0;
    assertThatThrownBy(() -> ScoreGuard.check("flat", scores))
        .isInstanceOf(TrainerException.class)
        .hasMessageContaining("flat has collapsed")
        .hasMessageContaining("train for fewer epochs");
    assertThatThrownBy(() -> ScoreGuard.check("flat", scores(1000, 0.001f)))
        .hasMessageContaining("has collapsed");
  }

  @Test
  void scoresThatAreNoNumbersAreRefused() {
    for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] scores = scores(0, 1);
      scores[7] = wrong;
      assertThatThrownBy(() -> ScoreGuard.check("x", scores))
          .isInstanceOf(TrainerException.class)
          .hasMessageContaining("lower the learning rate");
    }
  }

  @Test
  void noScoresAreRefused() {
    assertThatThrownBy(() -> ScoreGuard.check("x", new float[0]))
        .hasMessageContaining("scores none of the benign calibration flows");
  }
}
