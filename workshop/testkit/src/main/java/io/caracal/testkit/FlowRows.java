package io.caracal.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flows of real traffic, as the sensor wrote them with {@code caracal flows CAPTURE --view VIEW,...
 * --format rows --out FILE}; docs/flow-rows.md describes the file.
 *
 * @param all the views that it has
 * @param rows one per flow record
 */
public record FlowRows(List<View> all, List<FlowRow> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IDENTITY = 96;
  private static final int INITIATOR_PACKETS = 72;
  private static final int RESPONDER_PACKETS = 76;

  /** Copies the lists. */
  public FlowRows {
    all = List.copyOf(all);
    rows = List.copyOf(rows);
  }

  /**
   * Reads a table of flows.
   *
   * @param file what {@code --format rows} wrote
   * @throws IOException if it cannot be read or is something else
   */
  public static FlowRows read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    }
  }

  static FlowRows read(String name, InputStream in) throws IOException {
    byte[] bytes = in.readAllBytes();
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String head = new String(bytes, 0, end, StandardCharsets.UTF_8);
    if (!head.startsWith("{\"format\":\"caracal-rows/1\"")) {
      throw new IOException(
          name + " is no table of flow rows; write it with: caracal flows --format rows");
    }
    List<View> views = new ArrayList<>();
    List<String> columns = texts(JSON.readTree(head).path("columns"));
    for (JsonNode view : JSON.readTree(head).path("views")) {
      views.add(view(view, columns));
    }
    ByteBuffer data =
        ByteBuffer.wrap(bytes, end + 1, bytes.length - end - 1)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    int length = IDENTITY + columns.size() * Float.BYTES;
    List<FlowRow> rows = new ArrayList<>();
    for (int at = 0; at + length <= data.limit(); at += length) {
      rows.add(row(data.slice(at, length).order(ByteOrder.LITTLE_ENDIAN), views));
    }
    return new FlowRows(views, rows);
  }

  /**
   * Some of the views.
   *
   * @param names their names
   * @throws IllegalArgumentException if one is not in this table
   */
  public List<View> views(String... names) {
    List<View> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          all.stream()
              .filter(view -> view.description().name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the table has no view "
                              + name
                              + "; write one that has it with: caracal flows --view "
                              + name
                              + " --format rows")));
    }
    return chosen;
  }

  /** The rows of at least so many packets. */
  public List<FlowRow> rows(long minimumPackets) {
    return rows.stream().filter(row -> row.packets() >= minimumPackets).toList();
  }

  private static View view(JsonNode view, List<String> columns) {
    String name = view.path("name").asText();
    List<Integer> shape = new ArrayList<>();
    view.path("shape").forEach(size -> shape.add(size.asInt()));
    List<ViewDescription.Column> own =
        columns.stream()
            .filter(column -> column.startsWith(name + "/"))
            .map(column -> column.substring(name.length() + 1))
            .map(column -> new ViewDescription.Column(column, "any", "See docs/views."))
            .toList();
    return new RowView(new ViewDescription(name, view.path("version").asText(), shape, own));
  }

  private static FlowRow row(ByteBuffer record, List<View> views) {
    Map<String, float[]> columns = new LinkedHashMap<>();
    int at = IDENTITY;
    for (View view : views) {
      float[] row = new float[view.description().width()];
      record
          .slice(at, row.length * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(row);
      columns.put(view.description().name(), row);
      at += row.length * Float.BYTES;
    }
    long packets =
        Integer.toUnsignedLong(record.getInt(INITIATOR_PACKETS))
            + Integer.toUnsignedLong(record.getInt(RESPONDER_PACKETS));
    return new FlowRow(packets, columns);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
