package io.caracal.alert.syslog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.alert.formats.internal.CefFormat;
import io.caracal.alert.formats.internal.EcsFormat;
import io.caracal.alert.formats.internal.EveFormat;
import io.caracal.alert.formats.internal.LeefFormat;
import io.caracal.alert.syslog.internal.Receiver.Listen;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.testkit.Certificates;
import io.caracal.testkit.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every message arrives in rsyslog and syslog-ng, in the right fields, whole. */
class ReceiversTest {
  static final List<EventFormat> FORMATS =
      List.of(
          new EveFormat(), new EcsFormat("0.1.0"), new CefFormat("0.1.0"), new LeefFormat("0.1.0"));

  /** Non-ASCII, quoting, brackets, and lengths beyond any small buffer. */
  private static final String WEIRD = "naïve – 日本語 😀 \"quoted\" back\\slash [bracket] ";

  @TempDir private Path folder;

  private static List<SensorEvent> events() {
    AlertEvent weird =
        SampleEvents.alert(
            SampleEvents.detection(new AttackClass(WEIRD, ""), SampleEvents.tcp(0), 1),
            IntStream.range(0, 10).mapToObj(i -> WEIRD.repeat(40) + i).toList(),
            List.of(22));
    return List.of(SampleEvents.alert(), weird, SampleEvents.drift());
  }

  static Map<String, String> settings(Receiver receiver, Listen listen, String payload) {
    return new HashMap<>(
        Map.of(
            "service.pid",
            "io.caracal.sink.syslog~set",
            "syslog.host",
            "localhost",
            "syslog.port",
            Integer.toString(receiver.port),
            "syslog.transport",
            listen.transport(),
            "syslog.framing",
            listen.framing(),
            "syslog.payload",
            payload,
            "syslog.host-name",
            "sensor-1",
            "syslog.max-bytes",
            "60000"));
  }

  @ParameterizedTest
  @CsvSource({
    "rsyslog, udp, newline, eve",
    "rsyslog, tcp, newline, cef",
    "rsyslog, tcp, octet-counting, leef",
    "rsyslog, tls, octet-counting, ecs",
    "syslog-ng, udp, newline, ecs",
    "syslog-ng, tcp, newline, leef",
    "syslog-ng, tcp, octet-counting, cef",
    "syslog-ng, tls, octet-counting, eve"
  })
  void everyMessageIsUnderstood(String daemon, String transport, String framing, String payload)
      throws Exception {
    Certificates authority = Certificates.in(folder);
    Listen listen =
        transport.equals("tls")
            ? new Listen(transport, framing, authority.issue("receiver"), null)
            : Listen.plain(transport, framing);
    try (Receiver receiver = Receiver.of(daemon, folder, listen)) {
      Map<String, String> settings = settings(receiver, listen, payload);
      settings.put("syslog.tls-ca", authority.authority().toString());
      SyslogSink sink = new SyslogSink(settings, FORMATS);
      sink.deliver(events());
      sink.close();
      EventFormat format = EventFormat.named(payload, FORMATS);
      List<JsonNode> received = receiver.await(events().size());
      assertThat(received).hasSize(events().size());
      for (int i = 0; i < received.size(); i++) {
        understood(received.get(i), events().get(i), format);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"rsyslog, udp", "rsyslog, tcp", "syslog-ng, udp", "syslog-ng, tcp"})
  void messagesOfTheOldKindAreUnderstoodToo(String daemon, String transport) throws Exception {
    Listen listen = Listen.plain(transport, "newline");
    try (Receiver receiver = Receiver.of(daemon, folder, listen)) {
      Map<String, String> settings = settings(receiver, listen, "cef");
      settings.put("syslog.format", "rfc3164");
      SyslogSink sink = new SyslogSink(settings, FORMATS);
      sink.deliver(events());
      sink.close();
      EventFormat format = EventFormat.named("cef", FORMATS);
      List<JsonNode> received = receiver.await(events().size());
      assertThat(received).hasSize(events().size());
      for (int i = 0; i < received.size(); i++) {
        header(received.get(i), events().get(i));
        text(received.get(i), events().get(i), format);
      }
    }
  }

  private static void understood(JsonNode message, SensorEvent event, EventFormat format) {
    header(message, event);
    text(message, event, format);
    if (event instanceof AlertEvent alert) {
      assertThat(message.path("msgid").asText()).isEqualTo("alert");
      assertThat(message.path("sd").asText())
          .contains("caracal@32473", "eventId=\"" + alert.eventId() + "\"")
          .contains("communityId=\"" + alert.strongest().identity().communityId() + "\"");
    } else {
      assertThat(message.path("msgid").asText()).isEqualTo("drift");
    }
  }

  private static void header(JsonNode message, SensorEvent event) {
    assertThat(message.path("host").asText()).isEqualTo("sensor-1");
    assertThat(message.path("app").asText()).isEqualTo("caracal");
    assertThat(message.path("pri").asInt()).isEqualTo(16 * 8 + Messages.severity(event));
  }

  private static void text(JsonNode message, SensorEvent event, EventFormat format) {
    assertThat(message.path("msg").asText().replace("\uFEFF", "").strip())
        .isEqualTo(new String(format.write(event), StandardCharsets.UTF_8));
  }
}
