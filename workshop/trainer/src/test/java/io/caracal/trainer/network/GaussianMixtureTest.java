package io.caracal.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {
  /** Two clouds of two dimensions, the second one long in a slanting direction. */
  private static float[] clouds(int count) {
    Random random = new Random(2);
    float[] points = new float[2 * count];
    for (int i = 0; i < count; i++) {
      double along = random.nextGaussian();
      boolean second = i % 2 == 1;
      points[2 * i] = (float) (second ? 10 + 3 * along : random.nextGaussian());
      points[2 * i + 1] =
          (float) (second ? 10 + 3 * along + 0.3 * random.nextGaussian() : random.nextGaussian());
    }
    return points;
  }

  private static float[] distances(float... points) {
    GaussianMixture mixture = GaussianMixture.fit(clouds(4000), 2, 2, 1);
    try (PointerScope _ = new PointerScope()) {
      return Tensors.values(mixture.distance(Tensors.of(points, points.length / 2, 2)));
    }
  }

  @Test
  void distancesAreThoseOfTheNearestCloudInItsOwnMeasure() {
    float[] distances = distances(10, 10, 13, 13, 11.5f, 8.5f, 0, 0, 3, 0);
    // Each cloud holds half of the points and is as dense as the other in its centre.
    assertThat(distances[0]).isCloseTo((float) Math.log(2), within(0.2f));
    assertThat(distances[1] - distances[0]).as("one deviation").isCloseTo(0.5f, within(0.2f));
    assertThat(distances[2]).as("far across").isGreaterThan(20);
    assertThat(distances[4] - distances[3]).as("three deviations").isCloseTo(4.5f, within(0.7f));
  }

  @Test
  void aDimensionThatNeverVariesIsNoTrouble() {
    float[] points = clouds(1000);
    for (int i = 0; i < points.length; i += 2) {
      points[i] = 7;
    }
    GaussianMixture mixture = GaussianMixture.fit(points, 2, 3, 1);
    try (PointerScope _ = new PointerScope()) {
      float[] distances =
          Tensors.values(mixture.distance(Tensors.of(new float[] {7, 0, 8, 0, 1e4f, 0}, 3, 2)));
      assertThat(distances[0]).isLessThan(distances[1]).isFinite();
      assertThat(distances[2]).isGreaterThan(1e6f).isFinite();
    }
  }
}
