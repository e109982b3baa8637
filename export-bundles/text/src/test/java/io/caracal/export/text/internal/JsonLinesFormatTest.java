package io.caracal.export.text.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.api.flow.FlowField;
import io.caracal.api.flow.View;
import io.caracal.export.text.internal.Written.Halves;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesFormatTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final JsonLinesFormat format = new JsonLinesFormat();
  @TempDir private Path folder;

  @Test
  void aLineIsAnObjectNestedByView() throws IOException {
    List<View> views = List.of(Halves.of("flat", 2), Halves.of("cube", 2, 3));
    List<String> lines = Written.lines(format, folder, views);
    assertThat(lines).hasSize(3);
    JsonNode web = JSON.readTree(lines.getFirst());
    assertThat(web.get("start").asText()).isEqualTo("2025-11-20T09:04:03.250125500Z");
    assertThat(web.get("src_ip").asText()).isEqualTo("10.0.0.5");
    assertThat(web.get("bwd_payload_bytes").asLong()).isEqualTo(16_777_217);
    assertThat(web.get("state").asText()).isEqualTo("SF");
    assertThat(web.get("community_id").asText()).startsWith("1:");
    assertThat(web.get("flat")).isEqualTo(JSON.readTree("{\"c0\":0.5,\"c1\":1}"));
    assertThat(web.get("cube")).isEqualTo(JSON.readTree("[[0.5,1,1.5],[2,2.5,3]]"));
    assertThat(JSON.readTree(lines.get(1)).get("dst_ip").asText()).isEqualTo("2001:db8::7");
  }

  @Test
  void everyFieldIsThere() throws IOException {
    JsonNode line = JSON.readTree(Written.lines(format, folder, List.of()).getFirst());
    assertThat(line.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(Arrays.stream(FlowField.values()).map(FlowField::key).toList());
  }
}
