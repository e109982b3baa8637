package io.caracal.feature.internal.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.flow.ViewDescription;
import io.caracal.feature.internal.Packet;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file below {@code vectors} is an exchange and its row; the values were computed from the
 * columns' definitions, apart from this code. Add a case by adding a file.
 */
class CicViewTest {
  private static final String FLAGS = "FSRPAUEC";

  private final CicView view = new CicView();

  static List<Path> vectors() throws IOException, URISyntaxException {
    URI folder = CicViewTest.class.getResource("vectors").toURI();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyColumnHasItsValue(Path vector) throws IOException {
    Map<String, Float> row = row(vector);
    Map<String, Double> expected = expected(vector);
    assertThat(row.keySet()).containsAll(expected.keySet());
    row.forEach(
        (column, value) -> {
          double wanted = expected.getOrDefault(column, 0.0);
          assertThat((double) value).as(column).isCloseTo(wanted, within(Math.abs(wanted) * 1e-6));
        });
  }

  @Test
  void theVectorsCoverEveryColumn() throws IOException, URISyntaxException {
    Set<String> covered = new TreeSet<>();
    for (Path vector : vectors()) {
      covered.addAll(expected(vector).keySet());
    }
    assertThat(covered).containsExactlyInAnyOrderElementsOf(view.description().columnNames());
  }

  @Test
  void thereAre78DistinctColumnsEachDocumented() {
    ViewDescription description = view.description();
    assertThat(description.shape()).containsExactly(78);
    assertThat(description.columnNames()).doesNotHaveDuplicates().hasSize(78);
    assertThat(description.columns())
        .allSatisfy(
            column -> {
              assertThat(column.unit()).isNotBlank();
              assertThat(column.meaning()).matches("[A-Z]([^ ]| [^ ])*\\.");
            });
  }

  private Map<String, Float> row(Path vector) throws IOException {
    int offset = 3;
    int width = view.description().width();
    FloatBuffer buffer = FloatBuffer.allocate(offset + width + 1);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, Float.NaN);
    }
    FlowTable table =
        new BoundedFlowTables()
            .create(
                FlowSettings.DEFAULT,
                flow -> {
                  if (flow.reason() != EndReason.CHECKPOINT) {
                    assertThat(buffer.get(offset)).as("second record").isNaN();
                    view.write(flow, buffer, offset);
                  }
                });
    String protocol = "tcp";
    for (String line : Files.readAllLines(vector)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("protocol")) {
        protocol = words[1];
      } else if (words[0].equals("packet")) {
        table.accept(packet(protocol, words).headers(), false);
      }
    }
    table.flush();

    assertThat(buffer.position()).isZero();
    assertThat(buffer.get(offset - 1)).isNaN();
    assertThat(buffer.get(offset + width)).isNaN();
    Map<String, Float> row = new LinkedHashMap<>();
    List<String> names = view.description().columnNames();
    for (int column = 0; column < width; column++) {
      row.put(names.get(column), buffer.get(offset + column));
    }
    assertThat(row.values()).allMatch(Float::isFinite);
    return row;
  }

  private static Packet packet(String protocol, String[] words) {
    long micros = Long.parseLong(words[1]);
    int payload = Integer.parseInt(words[4]);
    int flags = words[3].chars().filter(c -> c != '-').map(c -> 1 << FLAGS.indexOf(c)).sum();
    Packet packet =
        protocol.equals("tcp") ? Packet.tcp(micros, flags, payload) : Packet.udp(micros, payload);
    packet.header(Integer.parseInt(words[5])).window(Integer.parseInt(words[6]));
    return words[2].equals(">") ? packet : packet.reply();
  }

  private static Map<String, Double> expected(Path vector) throws IOException {
    Map<String, Double> expected = new LinkedHashMap<>();
    for (String line : Files.readAllLines(vector)) {
      if (line.startsWith("column ")) {
        String[] nameAndValue = line.substring("column ".length()).split(" = ", 2);
        expected.put(nameAndValue[0], Double.valueOf(nameAndValue[1]));
      }
    }
    return expected;
  }
}
