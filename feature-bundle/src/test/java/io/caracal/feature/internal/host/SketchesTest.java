package io.caracal.feature.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.feature.internal.context.Exponential;
import io.caracal.feature.internal.context.Hash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The approximate memories against exact ones. */
class SketchesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 1000})
  void distinctKeysAreCountedWithinTheStatedError(int keys) {
    double squares = 0;
    for (int slot = 0; slot < 100; slot++) {
      Distinct distinct = new Distinct();
      distinct.clear(0);
      for (int repeat = 0; repeat < 2; repeat++) {
        for (int key = 0; key < keys; key++) {
          distinct.add(0, Hash.mix(slot * 10_000L + key), 100);
        }
      }
      double error = distinct.count(0, 100) / keys - 1;
      squares += error * error / 100;
    }
    assertThat(Math.sqrt(squares)).isLessThan(0.055);
  }

  @Test
  void distinctKeysLeaveAfterOneToTwoHalves() {
    Distinct distinct = new Distinct();
    distinct.clear(3);
    distinct.add(3, Hash.mix(1), 2);
    assertThat(distinct.count(3, 3)).isGreaterThan(0.9f);
    assertThat(distinct.count(3, 4)).isZero();
    distinct.add(3, Hash.mix(1), 4);
    assertThat(distinct.count(3, 8)).isZero();
  }

  @Test
  void allBitsSetIsTheMost() {
    Distinct distinct = new Distinct();
    distinct.clear(0);
    for (int key = 0; key < 20_000; key++) {
      distinct.add(0, Hash.mix(key), 1);
    }
    assertThat(distinct.count(0, 1)).isCloseTo(3549, within(0.2f)); // 512 ln 1024
  }

  @Test
  void slidingCountsAreExact() {
    SlidingCounts counts = new SlidingCounts(1000);
    Deque<long[]> reference = new ArrayDeque<>();
    Random random = new Random(6);
    long now = 0;
    for (int event = 0; event < 100_000; event++) {
      now += random.nextInt(20);
      long key = random.nextInt(50);
      counts.advance(now);
      counts.add(Hash.mix(key), now);
      reference.add(new long[] {now, key});
      while (now - reference.getFirst()[0] > 1000) {
        reference.removeFirst();
      }
      assertThat(counts.count(Hash.mix(key)))
          .isEqualTo((int) reference.stream().filter(e -> e[1] == key).count());
    }
  }

  @Test
  void aFullWindowLosesItsOldestEvents() {
    SlidingCounts counts = new SlidingCounts(Long.MAX_VALUE);
    for (int event = 0; event < 262_144 + 5; event++) {
      counts.add(event < 10 ? Hash.mix(1) : Hash.mix(2), event);
    }
    assertThat(counts.count(Hash.mix(1))).isEqualTo(5);
  }

  @Test
  void evenKeysHaveTheEntropyOfTheirGroups() {
    Spread spread = new Spread();
    spread.clear(0);
    assertThat(spread.entropy(0)).isZero();
    for (int key = 0; key < 4096; key++) {
      spread.add(0, (long) key << 60);
    }
    assertThat(spread.entropy(0)).isCloseTo(4, within(0.001));
    for (int key = 0; key < 4096; key++) {
      spread.add(0, 5L << 60);
    }
    assertThat(spread.entropy(0)).as("old keys fade").isLessThan(0.1);
  }

  @Test
  void theExponentialIsGoodToTenDigits() {
    Random random = new Random(8);
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextDouble() * (random.nextBoolean() ? 1 : 99);
      assertThat(Exponential.ofMinus(value))
          .isCloseTo(Math.exp(-value), Percentage.withPercentage(1e-8));
    }
    assertThat(Exponential.ofMinus(0)).isEqualTo(1);
    assertThat(Exponential.ofMinus(100)).isZero();
  }
}
