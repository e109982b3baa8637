package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.detect.AttackClass;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every field outside {@code caracal} is one of ECS, of ECS's type. */
class EcsFieldsTest {
  private record Field(String type, boolean list) {}

  private final Map<String, Field> fields = new HashMap<>();
  private final TreeSet<String> unused = new TreeSet<>();

  EcsFieldsTest() throws IOException {
    try (InputStream in = EcsFieldsTest.class.getResourceAsStream("/ecs-8.17.0.tsv")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(cell -> fields.put(cell[0], new Field(cell[1], cell[2].equals("array"))));
    }
    unused.addAll(fields.keySet());
  }

  @Test
  void fieldsAndTypesAreThoseOfEcs() throws IOException {
    AttackClass sub = new AttackClass("amplification", "T1498.002");
    List<SensorEvent> events =
        List.of(
            SampleEvents.alert(
                SampleEvents.detection(sub, SampleEvents.tcp(100 | 200 << 12), 1),
                List.of("10.0.0.5"),
                List.of(22)),
            SampleEvents.alert(
                SampleEvents.detection(
                    AttackClass.ANOMALY, SampleEvents.of(58, 128, 129, false), 1),
                List.of("2001:db8::1"),
                List.of()),
            SampleEvents.drift());
    for (SensorEvent event : events) {
      check("", new ObjectMapper().readTree(new EcsFormat("0.1.0").write(event)));
    }
    assertThat(unused).as("fields of the list that are never written").isEmpty();
  }

  private void check(String prefix, JsonNode object) {
    object
        .properties()
        .forEach(
            entry -> {
              String name = prefix + entry.getKey();
              if (name.equals("caracal")) {
                return;
              }
              if (entry.getValue().isObject()) {
                check(name + ".", entry.getValue());
                return;
              }
              unused.remove(name);
              assertThat(fields).containsKey(name);
              Field field = fields.get(name);
              assertThat(entry.getValue().isArray()).as("%s is a list", name).isEqualTo(field.list);
              if (field.list) {
                entry.getValue().forEach(value -> type(name, field.type, value));
              } else {
                type(name, field.type, entry.getValue());
              }
            });
  }

  private static void type(String name, String type, JsonNode value) {
    switch (type) {
      case "long" -> assertThat(value.isIntegralNumber()).as(name).isTrue();
      case "float" -> assertThat(value.isNumber()).as(name).isTrue();
      case "date" -> assertThat(OffsetDateTime.parse(value.asText())).as(name).isNotNull();
      case "ip" -> assertThat(value.asText()).as(name).matches("[0-9.]+|[0-9a-f:]+");
      default -> assertThat(value.isTextual()).as(name).isTrue();
    }
  }
}
