package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  private static float[] apply(float[] column) {
    Normalisation fitted = Normalisation.fit(List.of(column), 3);
    try (PointerScope _ = new PointerScope()) {
      return Tensors.values(fitted.apply(Tensors.of(column, column.length, 1), 1, 1));
    }
  }

  @Test
  void standardisesHeavyTailsAfterALogarithm() {
    float[] values = new float[101];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.exp(i / 10.0);
    }
    float[] normal = apply(values);
    double sum = 0;
    for (int i = 1; i < normal.length; i++) {
      assertThat(normal[i]).isGreaterThan(normal[i - 1]);
      sum += normal[i];
    }
    assertThat(sum / normal.length).isCloseTo(0, within(0.05));
    assertThat(normal[100]).isLessThan(3);
  }

  @Test
  void clipsWhatTrainingNeverSaw() {
    float[] values = new float[1000];
    values[999] = 1e9f;
    assertThat(apply(values)[999]).isEqualTo(3);
  }

  @Test
  void aConstantColumnIsZero() {
    assertThat(apply(new float[] {4, 4, 4})).containsExactly(0, 0, 0);
    assertThat(apply(new float[] {0, 0, 0})).containsExactly(0, 0, 0);
  }
}
