package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.alert.formats.internal.Documented.EventSchema;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.flow.EndReason;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveFormatTest {
  private final ObjectMapper mapper = new ObjectMapper();
  private final EventSchema schema = Documented.schema("eve.schema.json");

  EveFormatTest() throws IOException {}

  private static List<String> write(List<? extends SensorEvent> events) {
    EveFormat format = new EveFormat();
    return events.stream()
        .map(event -> new String(format.write(event), StandardCharsets.UTF_8))
        .toList();
  }

  private JsonNode writeOne(SensorEvent event) throws IOException {
    List<String> lines = write(List.of(event));
    assertThat(lines).hasSize(1);
    assertThat(schema.violations(lines.getFirst())).isEmpty();
    return mapper.readTree(lines.getFirst());
  }

  @Test
  void theExamplesInTheDocumentationAreWhatIsWritten() throws IOException {
    List<JsonNode> examples = new ArrayList<>();
    for (String example : Documented.examples("events.md", "json")) {
      assertThat(schema.violations(example)).isEmpty();
      examples.add(mapper.readTree(example));
    }
    List<JsonNode> written = new ArrayList<>();
    for (String line : write(SampleEvents.oneOfEach())) {
      assertThat(schema.violations(line)).isEmpty();
      written.add(mapper.readTree(line));
    }
    assertThat(examples).isEqualTo(written);
  }

  @Test
  void theSchemaRejectsWhatTheSinkDoesNotWrite() throws IOException {
    for (String line : write(SampleEvents.oneOfEach())) {
      for (String broken :
          List.of(
              line.replace("+0000", "Z"),
              line.replace("\"timestamp\"", "\"time\""),
              line.replaceFirst("\\{", "{\"more\":1,"),
              line.replaceFirst("\"event_type\":\"[a-z]+\"", "\"event_type\":\"http\""))) {
        assertThat(schema.violations(broken)).as(broken).isNotEmpty();
      }
    }
    String flow = write(List.of(SampleEvents.oneOfEach().getFirst())).getFirst();
    assertThat(schema.violations(flow.replace("203.0.113.45", "203.0.113.450"))).isNotEmpty();
    assertThat(schema.violations(flow.replace("\"dest_port\":22,", ""))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FIN, 3, closed, fin",
    "RST, 0, closed, rst",
    "IDLE, 0, new, idle",
    "ACTIVE, 3, established, active",
    "EVICTED, 1, established, evicted",
    "END_OF_CAPTURE, 0, new, end-of-capture"
  })
  void aFlowSaysHowItEnded(EndReason reason, long backward, String state, String name)
      throws IOException {
    JsonNode flow =
        writeOne(SampleEvents.flow(SampleEvents.tcp(0), reason, backward, 0.5f)).get("flow");
    assertThat(flow.get("state").asText()).isEqualTo(state);
    assertThat(flow.get("reason").asText()).isEqualTo(name);
  }

  @Test
  void aFlowWithoutTagsOrJudgementLeavesThemOut() throws IOException {
    JsonNode event = writeOne(SampleEvents.flow(SampleEvents.tcp(0), EndReason.IDLE, 0, -1));
    assertThat(event.has("vlan")).isFalse();
    assertThat(event.get("caracal").has("probability")).isFalse();
  }

  @Test
  void bothVlanTagsAreListedOuterFirst() throws IOException {
    JsonNode event =
        writeOne(SampleEvents.flow(SampleEvents.tcp(100 | 200 << 12), EndReason.IDLE, 0, 0));
    assertThat(event.get("vlan")).isEqualTo(mapper.readTree("[100,200]"));
  }

  @Test
  void icmpHasTypesInsteadOfPorts() throws IOException {
    JsonNode echo =
        writeOne(SampleEvents.flow(SampleEvents.of(58, 128, 129, false), EndReason.IDLE, 1, 0));
    assertThat(echo.get("src_ip").asText()).isEqualTo("2001:db8::1");
    assertThat(echo.get("dest_ip").asText()).isEqualTo("2001:db8::1:0:0:2");
    assertThat(echo.get("proto").asText()).isEqualTo("IPv6-ICMP");
    assertThat(echo.get("icmp_type").asInt()).isEqualTo(128);
    assertThat(echo.get("response_icmp_type").asInt()).isEqualTo(129);
    JsonNode unreachable =
        writeOne(SampleEvents.flow(SampleEvents.of(58, 1, 4, true), EndReason.IDLE, 0, 0));
    assertThat(unreachable.get("icmp_type").asInt()).isEqualTo(1);
    assertThat(unreachable.get("icmp_code").asInt()).isEqualTo(4);
    JsonNode gre =
        writeOne(SampleEvents.flow(SampleEvents.of(47, 0, 0, false), EndReason.IDLE, 0, 0));
    assertThat(gre.get("proto").asText()).isEqualTo("47");
    assertThat(gre.has("tcp")).isFalse();
    assertThat(gre.get("caracal").has("history")).isFalse();
  }

  @Test
  void anAlertWithoutTechniqueHasNoMetadataAndANumberThatIsNoneIsNull() throws IOException {
    AlertEvent alert =
        SampleEvents.alert(
            SampleEvents.detection(AttackClass.ANOMALY, SampleEvents.tcp(0), Float.NaN),
            List.of("10.0.0.5"),
            List.of(22));
    JsonNode event = writeOne(alert);
    assertThat(event.get("alert").has("metadata")).isFalse();
    assertThat(event.at("/caracal/detectors/2/score").isNull()).isTrue();
  }
}
