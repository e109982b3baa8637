package io.caracal.api.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.plugin.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkNameTest {
  private static String of(String pid) {
    return SinkName.of(Map.of("service.pid", pid));
  }

  @Test
  void anInstanceIsNamedAfterItsFile() {
    assertThat(of("io.caracal.sink.http~soc")).isEqualTo("http-soc");
    assertThat(of("io.caracal.sink.syslog~siem.example.org")).isEqualTo("syslog-siem.example.org");
  }

  @Test
  void theInstanceOfSettingsHasTheNameOfItsKind() {
    assertThat(of("io.caracal.sink.http~set")).isEqualTo("http");
  }

  @Test
  void typesAreListedByTheirNames() {
    Settings settings = Settings.of(Map.of("http.types", "alert, drift", "kafka.types", "alarm"));
    assertThat(EventType.list(settings, "http.types", "alert"))
        .containsExactlyInAnyOrder(EventType.ALERT, EventType.DRIFT);
    assertThatThrownBy(() -> EventType.list(settings, "kafka.types", "alert"))
        .hasMessageContaining("kafka.types names 'alarm' but must be a comma-separated list of");
  }
}
