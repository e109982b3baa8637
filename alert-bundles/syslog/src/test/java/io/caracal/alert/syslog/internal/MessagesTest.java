package io.caracal.alert.syslog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.alert.formats.internal.EveFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.plugin.Settings;
import io.caracal.testkit.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final long PID = ProcessHandle.current().pid();

  private static String message(SensorEvent event, Map<String, String> more) throws Exception {
    Map<String, String> settings =
        new HashMap<>(Map.of("syslog.host", "receiver", "syslog.host-name", "sensor 1"));
    settings.putAll(more);
    return new String(
        new Messages(SyslogSettings.of(Settings.of(settings))).of(event, new EveFormat()),
        StandardCharsets.UTF_8);
  }

  private static SensorEvent called(String attackClass) {
    return SampleEvents.alert(
        SampleEvents.detection(new AttackClass(attackClass, ""), SampleEvents.tcp(0), 1),
        List.of("10.0.0.5"),
        List.of(22));
  }

  @Test
  void rfc5424NamesTheAlertInStructuredData() throws Exception {
    assertThat(message(SampleEvents.alert(), Map.of()))
        .startsWith(
            "<132>1 2025-11-20T09:06:14.250125Z sensor_1 caracal "
                + PID
                + " alert [caracal@32473 eventId=\"scan-203.0.113.45-1-0\""
                + " alertId=\"scan-203.0.113.45-1\" revision=\"0\" state=\"new\" class=\"scan\""
                + " attacker=\"203.0.113.45\""
                + " communityId=\"1:8qrQBETfria835UmpbqQXeUvrYs=\"] {\"timestamp\"");
    assertThat(message(SampleEvents.stats(), Map.of("syslog.facility", "user")))
        .startsWith("<14>1 ")
        .contains(" stats - {\"timestamp\"");
  }

  @Test
  void structuredDataEscapesWhatWouldEndIt() throws Exception {
    assertThat(message(called("a\"b\\c]d\n\u202E"), Map.of()))
        .contains("class=\"a\\\"b\\\\c\\]d\uFFFD\uFFFD\"")
        .doesNotContain("\n");
  }

  @Test
  void textThatIsNotAsciiIsMarkedUnlessTheReceiverCannot() throws Exception {
    assertThat(message(SampleEvents.alert(), Map.of())).doesNotContain("\uFEFF");
    assertThat(message(called("naïve"), Map.of())).contains("] \uFEFF{");
    assertThat(message(called("naïve"), Map.of("syslog.bom", "false"))).contains("] {");
    assertThat(message(called("naïve"), Map.of("syslog.format", "rfc3164")))
        .doesNotContain("\uFEFF");
  }

  @Test
  void rfc3164HasLocalTimeAndATag() throws Exception {
    Instant instant = Instant.EPOCH.plusNanos(SampleEvents.alert().timeNanos());
    String time =
        DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
            .format(instant.atZone(ZoneId.systemDefault()));
    assertThat(
            message(
                SampleEvents.alert(),
                Map.of("syslog.format", "rfc3164", "syslog.app-name", "my sensor")))
        .startsWith("<132>" + time + " sensor_1 mysensor[" + PID + "]: {\"timestamp\"");
  }

  @Test
  void whatIsTooLongIsCutInThePayloadAtAWholeCharacter() throws Exception {
    for (int bytes = 1500; bytes < 1504; bytes++) {
      String message =
          message(called("日本".repeat(300)), Map.of("syslog.max-bytes", Integer.toString(bytes)));
      assertThat(message.getBytes(StandardCharsets.UTF_8).length).isBetween(bytes - 3, bytes);
      assertThat(message).endsWith("...[cut]").contains("\"] ").doesNotContain("\uFFFD");
    }
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> SyslogSettings.of(Settings.of(Map.of())))
        .hasMessageContaining("syslog.host is missing");
    Map<String, String> settings = Map.of("syslog.host", "a", "syslog.transport", "sctp");
    assertThatThrownBy(() -> SyslogSettings.of(Settings.of(settings)))
        .hasMessageContaining("syslog.transport is 'sctp' but must be one of tcp, udp, tls");
    Map<String, String> small = Map.of("syslog.host", "a", "syslog.max-bytes", "100");
    assertThatThrownBy(() -> SyslogSettings.of(Settings.of(small)))
        .hasMessageContaining("must be at least 480");
  }
}
