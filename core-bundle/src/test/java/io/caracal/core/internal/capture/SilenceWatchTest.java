package io.caracal.core.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
  private static final long SECOND = 1_000_000_000L;

  private final Notices notices = new Notices();
  private final SilenceWatch watch = new SilenceWatch("eth0", Duration.ofSeconds(60), notices, 0);

  @Test
  void warnsOncePerSilenceAndSaysWhenTrafficIsBack() {
    watch.look(10, SECOND);
    watch.look(10, 60 * SECOND);
    assertThat(watch.silent()).isFalse();
    watch.look(10, 61 * SECOND);
    watch.look(10, 200 * SECOND);
    assertThat(watch.silent()).isTrue();
    watch.look(11, 300 * SECOND);
    assertThat(watch.silent()).isFalse();
    watch.look(11, 360 * SECOND);
    assertThat(notices.sentences())
        .containsExactly(
            "no traffic on eth0 for 60 s; check the cable, the mirror port and the filter",
            "traffic on eth0 again, after 299 s",
            "no traffic on eth0 for 60 s; check the cable, the mirror port and the filter");
  }

  @Test
  void anInterfaceThatIsNotCapturedIsNotSilent() {
    watch.pause(100 * SECOND);
    watch.look(0, 159 * SECOND);
    assertThat(notices.sentences()).isEmpty();
    watch.look(0, 160 * SECOND);
    assertThat(notices.sentences()).hasSize(1);
  }

  @Test
  void zeroIsForEver() {
    SilenceWatch never = new SilenceWatch("eth0", Duration.ZERO, notices, 0);
    never.look(0, Long.MAX_VALUE);
    assertThat(notices.sentences()).isEmpty();
  }
}
