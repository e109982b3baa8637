package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fluenda.parcefone.parser.CEFParser;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an adversary puts into a text stays in it, in every format. */
class HostileTextTest {
  private static final EventFormat EVE = new EveFormat();
  private static final EventFormat ECS = new EcsFormat("0.1.0");
  private static final EventFormat CEF = new CefFormat("0.1.0");
  private static final EventFormat LEEF = new LeefFormat("0.1.0");
  private static final int LONGEST_LINE = 1 << 17;

  private static Stream<HostileEvents> hostile() {
    return HostileEvents.TEXTS.stream().map(HostileEvents::new);
  }

  /** A line: strict UTF-8, nothing that breaks it, runs backwards, hides or steers a terminal. */
  private static String line(EventFormat format, SensorEvent event) {
    try {
      String line =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(format.write(event)))
              .toString();
      assertThat(line.codePoints())
          .noneMatch(Character::isISOControl)
          .noneMatch(c -> Character.getType(c) == Character.FORMAT)
          .doesNotContain(0x2028, 0x2029);
      assertThat(line.length()).isLessThan(LONGEST_LINE);
      return line;
    } catch (CharacterCodingException e) {
      throw new AssertionError("a line is not UTF-8", e);
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void inJson(HostileEvents hostile) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (EventFormat format : List.of(EVE, ECS)) {
      List<SensorEvent> plain = new HostileEvents("plain").all();
      List<SensorEvent> events = hostile.all();
      for (int i = 0; i < events.size(); i++) {
        if (!format.covers(events.get(i).getClass())) {
          continue;
        }
        JsonNode written = mapper.readTree(line(format, events.get(i)));
        JsonNode expected = mapper.readTree(line(format, plain.get(i)));
        String clean = CleanText.of(hostile.text());
        if (!written.has("stats")) {
          assertThat(shape(written, clean)).isEqualTo(shape(expected, "plain"));
        }
        assertThat(written.findValuesAsText("attacker")).allMatch(clean::equals);
        assertThat(written.findValuesAsText("reference")).allMatch(clean::equals);
        assertThat(written.findValuesAsText("feature")).allMatch(clean::equals);
      }
    }
  }

  /** The names of all members, each with its kind; optional ones of ATT&CK left out. */
  private static List<String> shape(JsonNode node, String text) {
    List<String> names = new ArrayList<>();
    node.properties().stream()
        .filter(member -> !List.of("metadata", "threat", "technique").contains(member.getKey()))
        .forEach(
            member -> {
              String name = member.getKey().equals(text) ? "TEXT" : member.getKey();
              names.add(name + ' ' + member.getValue().getNodeType());
              names.addAll(shape(member.getValue(), text));
            });
    if (node.isArray()) {
      node.forEach(element -> names.addAll(shape(element, text)));
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void inCef(HostileEvents hostile) throws Exception {
    String line = line(CEF, hostile.alert());
    Map<String, Object> extension = new CEFParser().parse(line).getExtension(true);
    assertThat(extension.get("act")).isEqualTo("allowed");
    assertThat(extension.get("src").toString()).isEqualTo("/203.0.113.45");
    StrictCef read = StrictCef.parse(line);
    StrictCef plain = StrictCef.parse(line(CEF, new HostileEvents("plain").alert()));
    assertThat(read.header()).hasSize(7).element(6).isEqualTo("3");
    if (!hostile.text().isEmpty()) {
      assertThat(read.extension().keySet()).isEqualTo(plain.extension().keySet());
      assertThat(read.extension().get("CaracalAttacker"))
          .isEqualTo(CleanText.of(hostile.text(), 999).strip().replace('\t', ' '));
    }
    StrictCef.parse(line(CEF, hostile.drift()));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void inLeef(HostileEvents hostile) {
    String clean = CleanText.of(hostile.text()).replaceAll("[\n\r\t]", " ").replace('^', '\uFFFD');
    Map<String, String> read = leef(line(LEEF, hostile.alert()));
    if (!hostile.text().isEmpty()) {
      Map<String, String> plain = leef(line(LEEF, new HostileEvents("plain").alert()));
      assertThat(read.keySet()).isEqualTo(plain.keySet());
      assertThat(read.get("attacker")).isEqualTo(clean);
    }
    assertThat(read).containsEntry("sev", "3").containsEntry("src", "203.0.113.45");
    assertThat(leef(line(LEEF, hostile.drift()))).containsEntry("sev", "5");
  }

  /** Header of six fields, attributes between carets, no key twice. */
  private static Map<String, String> leef(String line) {
    String[] header = line.split("\\|", 7);
    assertThat(header).hasSize(7).startsWith("LEEF:2.0", "Caracal", "Caracal", "0.1.0");
    assertThat(header[5]).isEqualTo("^");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String attribute : header[6].split("\\^", -1)) {
      int equals = attribute.indexOf('=');
      assertThat(attribute.substring(0, equals)).matches("[A-Za-z]+");
      assertThat(attributes).doesNotContainKey(attribute.substring(0, equals));
      attributes.put(attribute.substring(0, equals), attribute.substring(equals + 1));
    }
    return attributes;
  }
}
