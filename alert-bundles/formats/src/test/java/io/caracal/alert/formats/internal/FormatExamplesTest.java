package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.alert.formats.internal.Documented.EventSchema;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/formats.md are what is written. */
class FormatExamplesTest {
  private static final List<SensorEvent> EVENTS =
      List.of(SampleEvents.alert(), SampleEvents.drift());

  private static EventFormat format(String name) {
    return EventFormat.named(
        name, List.of(new EcsFormat("0.1.0"), new CefFormat("0.1.0"), new LeefFormat("0.1.0")));
  }

  private static List<String> written(String name) {
    return EVENTS.stream()
        .map(event -> new String(format(name).write(event), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cef", "leef"})
  void linesOfText(String name) throws IOException {
    assertThat(Documented.examples("formats.md", name)).isEqualTo(written(name));
  }

  @Test
  void linesOfJson() throws IOException {
    EventSchema schema = Documented.schema("ecs.schema.json");
    ObjectMapper mapper = new ObjectMapper();
    List<String> examples = Documented.examples("formats.md", "json");
    List<String> lines = written("ecs");
    assertThat(examples).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode example = mapper.readTree(examples.get(i));
      assertThat(example).isEqualTo(mapper.readTree(lines.get(i)));
      assertThat(schema.violations(lines.get(i))).isEmpty();
    }
    for (String broken :
        List.of(
            lines.getFirst().replace("intrusion_detection", "intrusions"),
            lines.getFirst().replace("\"rule\"", "\"rules\""),
            lines.getFirst().replace("\"TA0007\"", "\"Discovery\""),
            lines.getLast().replace("\"state\"", "\"alert\""))) {
      assertThat(schema.violations(broken)).as(broken).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "cef", "leef"})
  void whatAFormatHasNoWordsForIsRefused(String name) {
    EventFormat format = format(name);
    assertThat(format.covers(AlertEvent.class)).isTrue();
    assertThat(format.covers(DriftEvent.class)).isTrue();
    for (SensorEvent event : SampleEvents.oneOfEach()) {
      if (!format.covers(event.getClass())) {
        assertThatThrownBy(() -> format.write(event))
            .hasMessageStartingWith("the format " + name + " has no words for events of type ");
      }
    }
  }
}
