package io.caracal.feature.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulksTest {
  private static final long MILLI = 1_000_000;

  private final FlowMemory flows = new FlowMemory(1);
  private final Bulks bulks = new Bulks(flows);
  private final long flow = flows.at(flows.take());
  private final StoredDirection direction = new StoredDirection(flows);

  @BeforeEach
  void readForward() {
    direction.at(flow, FlowLayout.FORWARD);
  }

  private void add(long millis, int payload) {
    bulks.add(flow, flow + FlowLayout.FORWARD, millis * MILLI, payload);
  }

  private void run(long startMillis, int packets) {
    for (int i = 0; i < packets; i++) {
      add(startMillis + i * 10L, 100);
    }
  }

  @Test
  void threePacketsAreNoBulkFourAre() {
    run(0, 3);
    assertThat(direction.bulks()).isZero();
    add(30, 100);
    assertThat(direction.bulks()).isEqualTo(1);
    assertThat(direction.bulkPackets()).isEqualTo(4);
    assertThat(direction.bulkBytes()).isEqualTo(400);
    assertThat(direction.bulkNanos()).isEqualTo(30 * MILLI);
  }

  @Test
  void aBulkGoesOnUntilTheOtherSideSends() {
    run(0, 6);
    bulks.interrupt(flow + FlowLayout.FORWARD);
    run(100, 3);
    bulks.interrupt(flow + FlowLayout.FORWARD);
    run(200, 4);
    assertThat(direction.bulks()).isEqualTo(2);
    assertThat(direction.bulkPackets()).isEqualTo(10);
    assertThat(direction.bulkNanos()).isEqualTo(80 * MILLI);
  }

  @Test
  void aSecondsPauseIsWithinABulkMoreIsNot() {
    for (int i = 0; i < 4; i++) {
      add(i * 1000L, 1);
    }
    assertThat(direction.bulks()).isEqualTo(1);
    add(4001, 1);
    assertThat(direction.bulkPackets()).isEqualTo(4);
  }
}
