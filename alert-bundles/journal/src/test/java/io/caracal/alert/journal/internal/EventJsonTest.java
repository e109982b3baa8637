package io.caracal.alert.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.DriftEvent;
import io.caracal.testkit.SampleAlerts;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventJsonTest {
  @Test
  void nothingIsLost() {
    for (int i = 0; i < 4; i++) {
      AlertEvent alert = SampleAlerts.alert(i);
      assertThat(EventJson.alert(EventJson.write(alert))).isEqualTo(alert);
      DriftEvent drift = SampleAlerts.drift(i);
      assertThat(EventJson.drift(EventJson.write(drift))).isEqualTo(drift);
    }
  }

  @Test
  void whatAnOlderVersionDidNotWriteIsEmpty() {
    String body = EventJson.write(SampleAlerts.alert(1));
    String older =
        body.replaceFirst("\"drivers\":\\[[^]]*],?", "")
            .replaceFirst("\"host\":null,?", "")
            .replaceFirst(",}", "}");
    AlertEvent read = EventJson.alert(older.replaceFirst(",?}$", ",\"newer\":1}"));
    assertThat(read.drivers()).isEqualTo(List.of());
    assertThat(read.strongest().host()).isEmpty();
    assertThat(read.victims()).hasSize(2);
  }

  @Test
  void theClosingStateIsTheOneBeforeWithItsTime() {
    AlertEvent before = SampleAlerts.alert(2, 4, State.UPDATED);
    AlertEvent closed = EventJson.closed(EventJson.write(before), 99);
    assertThat(closed.state()).isEqualTo(State.CLOSED);
    assertThat(closed.revision()).isEqualTo(5);
    assertThat(closed.timeNanos()).isEqualTo(99);
    assertThat(closed.strongest()).isEqualTo(before.strongest());
  }
}
