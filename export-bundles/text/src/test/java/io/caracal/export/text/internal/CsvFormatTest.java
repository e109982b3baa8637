package io.caracal.export.text.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.FlowField;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import io.caracal.export.text.internal.Written.Halves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFormatTest {
  private final CsvFormat format = new CsvFormat();
  @TempDir private Path folder;

  /** A view named cic with the columns of CICFlowMeter that are not computed here. */
  static View cic() {
    List<Column> columns =
        Arrays.stream(CicCsv.HEADER.split(","))
            .filter(name -> !CicExtra.VIEW.description().columnNames().contains(name))
            .map(name -> new Column(name, "unit", "Meaning."))
            .toList();
    return new Halves(new ViewDescription("cic", "1.0", List.of(columns.size()), columns));
  }

  private static Map<String, String> row(String header, String line) {
    String[] names = header.split(",");
    String[] values = line.split(",", -1);
    assertThat(values).hasSameSizeAs(names);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      assertThat(row.put(names[i], values[i])).isNull();
    }
    return row;
  }

  @Test
  void cicAloneIsCicflowmetersTable() throws IOException {
    List<String> lines = Written.lines(format, folder, List.of(cic()));
    assertThat(lines).hasSize(4);
    assertThat(lines.getFirst())
        .startsWith("Flow ID,Src IP,Src Port,Dst IP,Dst Port,Protocol,Timestamp,Flow Duration,")
        .endsWith(",Total TCP Retrans. Count,Total Connection Flow Time,Label");
    assertThat(lines.getFirst().split(",")).hasSize(94);
    assertThat(lines.get(1))
        .startsWith(
            "10.0.0.5-192.0.2.7-40312-80-6,10.0.0.5,40312,192.0.2.7,80,6,"
                + "2025-11-20 09:04:03.250125,1500000,6,16005,332,16777217,")
        .endsWith(",0,3,3,1500000,NeedManualLabel");
    Map<String, String> icmp = row(lines.getFirst(), lines.get(3));
    assertThat(icmp)
        .containsEntry("Flow Duration", "1000")
        .containsEntry("ICMP Type", "3")
        .containsEntry("ICMP Code", "1");
    assertThat(row(lines.getFirst(), lines.get(2)))
        .containsEntry("Src IP", "2001:db8::5")
        .containsEntry("ICMP Type", "-1")
        .containsEntry("Flow Duration", "0");
  }

  @Test
  void everyOtherChoiceIsFieldsAndColumnsOfTheirOwn() throws IOException {
    List<String> lines = Written.lines(format, folder, List.of(cic(), Halves.of("pair", 2)));
    Map<String, String> web = row(lines.getFirst(), lines.get(1));
    assertThat(web)
        .containsEntry("flow_id", "7")
        .containsEntry("start", "2025-11-20T09:04:03.250125500Z")
        .containsEntry("end", "2025-11-20T09:04:04.750125500Z")
        .containsEntry("reason", "fin")
        .containsEntry("checkpoint", "1")
        .containsEntry("vlan", "100")
        .containsEntry("state", "SF")
        .containsEntry("history", "ShADadFf")
        .containsEntry("bwd_payload_bytes", "16777217")
        .containsEntry("bwd_ip_bytes", "17417477")
        .containsEntry("fwd_tcp_flags", "27")
        .containsEntry("bwd_min_ttl", "57")
        .containsEntry("pair/c0", "0.5")
        .containsEntry("pair/c1", "1");
  }

  @Test
  void withoutAChoiceItIsCic() {
    View cic = cic();
    View other = Halves.of("other", 1);
    assertThat(format.views(List.of(), List.of(cic, other))).containsExactly(cic, CicExtra.VIEW);
    assertThat(format.views(List.of(other), List.of(cic, other))).containsExactly(other);
  }

  @Test
  void onlyTablesWithAColumnForItMarkCheckpoints() {
    assertThat(format.marksCheckpoints(format.views(List.of(cic()), List.of()))).isFalse();
    assertThat(format.marksCheckpoints(List.of(Halves.of("other", 1)))).isTrue();
  }

  @Test
  void aCicViewWithOtherColumnsIsRefused() {
    List<View> views = format.views(List.of(Halves.of("cic", 3)), List.of());
    String file = folder.resolve("x.csv").toString();
    assertThatThrownBy(() -> format.open(file, views, FlowSettings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the view cic 1.0 has no column 'Fwd Packet Length Max'");
  }

  @Test
  void everyFieldIsDocumented() throws IOException {
    String page = Files.readString(Path.of("../../docs/flow-export.md"));
    for (FlowField field : FlowField.values()) {
      assertThat(page).contains("`" + field.key() + "`");
    }
  }
}
