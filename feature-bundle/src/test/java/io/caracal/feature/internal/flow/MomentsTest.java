package io.caracal.feature.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MomentsTest {
  private final Memory memory = new Memory(40);

  @Test
  void momentsOfAKnownSet() {
    for (long value : new long[] {2, 4, 4, 4, 5, 5, 7, 9}) {
      TimeMoments.add(memory, 0, value);
    }
    TimeMoments moments = TimeMoments.read(memory, 0);
    assertThat(moments.count()).isEqualTo(8);
    assertThat(moments.min()).isEqualTo(2);
    assertThat(moments.max()).isEqualTo(9);
    assertThat(moments.sum()).isEqualTo(40);
    assertThat(moments.mean()).isEqualTo(5);
    assertThat(moments.variance()).isCloseTo(32.0 / 7, within(1e-12));
  }

  @Test
  void aBeaconsMicrosecondJitterSurvivesAMinutesPeriod() {
    for (int beat = 0; beat < 1000; beat++) {
      TimeMoments.add(memory, 0, 60_000_000_000L + (beat % 2 == 0 ? 1000 : -1000));
    }
    TimeMoments moments = TimeMoments.read(memory, 0);
    // Deviation of n values at distance d from their mean: d * sqrt(n / (n - 1)).
    assertThat(moments.deviation()).isCloseTo(1000 * Math.sqrt(1000.0 / 999), within(1e-3));
  }

  @Test
  void exactMomentsOfTwoDirectionsTogether() {
    ExactMoments both =
        new ExactMoments(2, 30, 500, 10, 20).plus(new ExactMoments(1, 60, 3600, 60, 60));
    assertThat(both.min()).isEqualTo(10);
    assertThat(both.max()).isEqualTo(60);
    assertThat(both.mean()).isEqualTo(30);
    assertThat(both.variance()).isCloseTo(700, within(1e-9));
    assertThat(ExactMoments.NONE.plus(both)).isEqualTo(both);
    assertThat(both.plus(ExactMoments.NONE)).isEqualTo(both);
  }

  @Test
  void nothingSeenIsZeroNotNan() {
    assertThat(TimeMoments.read(memory, 0).min()).isZero();
    assertThat(TimeMoments.read(memory, 0).mean()).isZero();
    assertThat(TimeMoments.read(memory, 0).variance()).isZero();
    assertThat(ExactMoments.NONE.mean()).isZero();
    assertThat(ExactMoments.NONE.variance()).isZero();
  }

  @Test
  void timesClampAndSaturate() {
    assertThat(PacketTime.between(5, 3)).isZero();
    assertThat(PacketTime.between(3, 5)).isEqualTo(2);
    assertThat(PacketTime.between(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }
}
