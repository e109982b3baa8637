package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.rows.Layouts;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OneClassSvmTest {
  private static final InputLayout LAYOUT = Layouts.of(Layouts.flat("f", 2));

  /** Two clouds of benign flows around (3, 0) and (-3, 0). */
  private static float[] clouds(int count) {
    Random random = new Random(4);
    float[] rows = new float[2 * count];
    for (int i = 0; i < count; i++) {
      rows[2 * i] = (float) (random.nextGaussian() * 0.3 + (i % 2 == 0 ? 3 : -3));
      rows[2 * i + 1] = (float) (random.nextGaussian() * 0.3);
    }
    return rows;
  }

  @Test
  void whatLiesBetweenTheCloudsIsAsFarAsWhatLiesBeyond() {
    float[] train = clouds(400);
    float[] first = new float[400];
    float[] second = new float[400];
    for (int i = 0; i < 400; i++) {
      first[i] = train[2 * i];
      second[i] = train[2 * i + 1];
    }
    FlatInput input =
        new FlatInput(LAYOUT, new int[] {0, 1}, Normalisation.fit(List.of(first, second), 8));
    OneClassSvm machine = new OneClassSvm(input, new OneClassSvm.Settings(300, 0.1, 8), 1);
    machine.prepare(train);
    float[] scores = Inference.run(machine, new float[] {3, 0, -3, 0, 0, 0, 9, 0, 3, 4}).scores();
    for (int outside = 2; outside < 5; outside++) {
      assertThat(scores[outside]).isGreaterThan(1 + scores[0]).isGreaterThan(1 + scores[1]);
    }
    float[] benign = Inference.run(machine, clouds(200)).scores();
    int beyond = 0;
    for (float score : benign) {
      beyond += score > scores[2] ? 1 : 0;
    }
    assertThat(beyond).isZero();
  }
}
