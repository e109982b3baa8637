package io.caracal.alert.formats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterTreeTest {
  private static String json(List<Map.Entry<String, ?>> counters) throws IOException {
    CounterTree tree = new CounterTree();
    counters.forEach(counter -> tree.put(counter.getKey(), counter.getValue()));
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      tree.write(json);
    }
    return text.toString();
  }

  @Test
  void dotsNest() throws IOException {
    assertThat(json(List.of(Map.entry("a.b.c", 1), Map.entry("d", "x"), Map.entry("a.b.e", 2L))))
        .isEqualTo("{\"a\":{\"b\":{\"c\":1,\"e\":2}},\"d\":\"x\"}");
  }

  @Test
  void aNameThatIsLeafAndPrefixKeepsItsValueAsTotal() throws IOException {
    String expected = "{\"a\":{\"b\":2,\"total\":1}}";
    assertThat(json(List.of(Map.entry("a", 1), Map.entry("a.b", 2)))).isEqualTo(expected);
    assertThat(json(List.of(Map.entry("a.b", 2), Map.entry("a", 1)))).isEqualTo(expected);
  }

  @Test
  void aTotalOfItsOwnIsNotOverwritten() throws IOException {
    assertThat(json(List.of(Map.entry("a", 1), Map.entry("a.total", 2))))
        .isEqualTo("{\"a\":{\"total\":2,\"total_\":1}}");
  }

  @Test
  void valuesKeepTheirKind() throws IOException {
    assertThat(
            json(
                List.of(
                    Map.entry("list", List.of(1, "x")),
                    Map.entry("ratio", 0.25),
                    Map.entry("none", Double.NaN),
                    Map.entry("flag", true),
                    Map.entry("map", Map.of("a.b", 1)))))
        .isEqualTo(
            "{\"list\":[1,\"x\"],\"ratio\":0.25,\"none\":null,\"flag\":true,"
                + "\"map\":{\"a\":{\"b\":1}}}");
  }
}
