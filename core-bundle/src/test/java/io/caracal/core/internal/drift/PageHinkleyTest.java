package io.caracal.core.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PageHinkleyTest {
  private static final long SECOND = 1_000_000_000L;

  private final Random random = new Random(1);
  private final PageHinkley rise = new PageHinkley();

  /** Ten flows a second with p-values that are even, or smaller by a factor. */
  private void flows(int seconds, int from, double factor) {
    for (int i = 0; i < 10 * seconds; i++) {
      double p = factor * (1 - random.nextDouble());
      rise.add(-Math.log10(p), (from + i / 10) * SECOND);
    }
  }

  @Test
  void evenValuesDoNotRise() {
    flows(50_000, 0, 1);
    assertThat(rise.risen()).isFalse();
  }

  @Test
  void aLastingRiseIsFoundAndDated() {
    flows(10_000, 0, 1);
    flows(2_000, 10_000, 0.4);
    assertThat(rise.risen()).isTrue();
    assertThat(rise.sinceNanos()).isBetween(9_800 * SECOND, 10_300 * SECOND);
  }

  @Test
  void aFloodOfAMinuteIsNoRise() {
    flows(1_000, 0, 1);
    flows(120, 1_000, 1e-4);
    flows(1_000, 1_120, 1);
    assertThat(rise.risen()).isFalse();
  }
}
