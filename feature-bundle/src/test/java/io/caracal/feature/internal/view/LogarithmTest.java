package io.caracal.feature.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogarithmTest {
  @Test
  void zeroIsZero() {
    assertThat(Logarithm.ofOnePlus(0)).isZero();
  }

  @Test
  void everyTcpWindowIsGoodToFloat() {
    for (int window = 0; window <= 65535; window++) {
      assertGood(window);
    }
  }

  @Test
  void timesFromANanosecondToThreeCenturiesAreGoodToFloat() {
    Random random = new Random(4);
    for (int bits = 1; bits < 64; bits++) {
      assertGood((1L << (bits - 1)) / 1e3);
      assertGood(((1L << (bits - 1)) - 1) / 1e3);
      for (int i = 0; i < 1000; i++) {
        assertGood((random.nextLong() >>> (64 - bits)) / 1e3);
      }
    }
  }

  private static void assertGood(double value) {
    float wanted = (float) Math.log(1 + value);
    assertThat((float) Logarithm.ofOnePlus(value))
        .as("ln(1 + %s)", value)
        .isBetween(wanted - Math.ulp(wanted), wanted + Math.ulp(wanted));
  }
}
