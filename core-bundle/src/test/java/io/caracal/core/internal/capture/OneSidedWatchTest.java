package io.caracal.core.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneSidedWatchTest {
  private final Notices notices = new Notices();
  private final OneSidedWatch watch = new OneSidedWatch("eth0 and eth1", notices);

  @Test
  void saysNothingOfTooFew() {
    watch.look(49, 49);
    assertThat(notices.sentences()).isEmpty();
    watch.look(50, 50);
    assertThat(notices.sentences())
        .containsExactly(
            "only one direction of the traffic is seen on eth0 and eth1: 100 % of 50 TCP"
                + " connections had packets of one side only; mirror both directions");
  }

  @Test
  void saysNothingWhenMostHaveBothSides() {
    watch.look(1000, 899);
    assertThat(watch.warning()).isFalse();
    watch.look(2000, 899 + 900);
    assertThat(watch.warning()).isTrue();
  }

  @Test
  void staysUntilAWindowIsClearlyBetter() {
    watch.look(100, 100);
    watch.look(200, 150);
    assertThat(watch.warning()).isTrue();
    watch.look(300, 199);
    assertThat(watch.warning()).isFalse();
    assertThat(notices.sentences()).hasSize(2);
  }
}
