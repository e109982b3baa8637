package io.caracal.trainer.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoverageTest {
  private static final int RECORDS = 20_000;

  /** However scores are distributed, p-values of the same distribution are uniform. */
  enum Shape {
    NORMAL,
    HEAVY,
    BOUNDED,
    TWO;

    private double score(Random random) {
      return switch (this) {
        case NORMAL -> random.nextGaussian();
        case HEAVY -> Math.exp(3 * random.nextGaussian());
        case BOUNDED -> Math.pow(random.nextDouble(), 5);
        case TWO -> random.nextInt(5) == 0 ? 10 + random.nextDouble() : random.nextDouble();
      };
    }

    double[] scores(long seed) {
      Random random = new Random(seed);
      return DoubleStream.generate(() -> score(random)).limit(RECORDS).toArray();
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsOnTrafficOfTheSameKind(Shape shape) {
    for (double alpha : Coverage.ALPHAS) {
      Coverage coverage = Coverage.of("x", alpha, shape.scores(1), shape.scores(2));
      // Both samples vary: twice the deviation of one.
      double deviation = 2 * Math.sqrt(alpha * (1 - alpha) / RECORDS);
      assertThat(coverage.share()).isBetween(alpha - 3 * deviation, alpha + 3 * deviation);
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsOnTrafficOfAnotherKind(Shape shape) {
    double[] moved = DoubleStream.of(shape.scores(2)).map(score -> score * 1.5 + 0.5).toArray();
    Coverage coverage = Coverage.of("x", 0.1, shape.scores(1), moved);
    assertThat(coverage.holds()).isFalse();
    assertThat(coverage.share()).isGreaterThan(0.1);
  }
}
