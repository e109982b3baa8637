package io.caracal.feature.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BulksTest {
  private static final long MILLI = 1_000_000;

  private final Bulks bulks = new Bulks();

  private void run(long startMillis, int packets) {
    for (int i = 0; i < packets; i++) {
      bulks.add((startMillis + i * 10L) * MILLI, 100);
    }
  }

  @Test
  void threePacketsAreNoBulkFourAre() {
    run(0, 3);
    assertThat(bulks.count()).isZero();
    bulks.add(30 * MILLI, 100);
    assertThat(bulks.count()).isEqualTo(1);
    assertThat(bulks.packets()).isEqualTo(4);
    assertThat(bulks.bytes()).isEqualTo(400);
    assertThat(bulks.nanos()).isEqualTo(30 * MILLI);
  }

  @Test
  void aBulkGoesOnUntilTheOtherSideSends() {
    run(0, 6);
    bulks.interrupt();
    run(100, 3);
    bulks.interrupt();
    run(200, 4);
    assertThat(bulks.count()).isEqualTo(2);
    assertThat(bulks.packets()).isEqualTo(10);
    assertThat(bulks.nanos()).isEqualTo(80 * MILLI);
  }

  @Test
  void aSecondsPauseIsWithinABulkMoreIsNot() {
    for (int i = 0; i < 4; i++) {
      bulks.add(i * 1000L * MILLI, 1);
    }
    assertThat(bulks.count()).isEqualTo(1);
    bulks.add(4001 * MILLI, 1);
    assertThat(bulks.packets()).isEqualTo(4);
  }
}
