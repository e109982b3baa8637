package io.caracal.export.parquet.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.View;
import io.caracal.testkit.SampleFlows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written is read by DuckDB, which has a reader of its own; its times in UTC end with the
 * microseconds.
 */
class ParquetFormatTest {
  private final ParquetFormat format = new ParquetFormat();
  @TempDir private Path folder;

  private Path written(List<View> views, int batches) throws IOException {
    Path file = folder.resolve("flows.parquet");
    FlowBatch batch = SampleFlows.batch(views);
    try (FlowOutput output = format.open(file.toString(), views, FlowSettings.DEFAULT)) {
      for (int i = 0; i < batches; i++) {
        output.write(batch);
      }
    }
    return file;
  }

  /** The rows of a query on a file, columns separated by a bar. */
  private static List<String> query(String sql, Path file) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql.replace("FILE", "'" + file + "'"))) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf(result.getString(column)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  @Test
  void fieldsAndColumnsHaveTheirValues() throws Exception {
    Path file = written(List.of(Ramp.halves("pair", 2)), 1);
    assertThat(
            query(
                "select flow_id, epoch_ns(start), epoch_ns(\"end\"), reason, src_ip, dst_port,"
                    + " state, history, bwd_payload_bytes, \"pair/c0\", \"pair/c1\" from FILE",
                file))
        .containsExactly(
            "7|1763629443250125000|1763629444750125000|fin|10.0.0.5|80|SF|ShADadFf|16777217"
                + "|0.5|1.0",
            "8|1763629443260125000|1763629443260125000|idle|2001:db8::5|53|S0||0|0.5|1.0",
            "9|1763629443270125000|1763629443271125000|end-of-capture|10.0.0.5|1|OTH||0|0.5|1.0");
  }

  @Test
  void columnsAreTypedAndCompressed() throws Exception {
    Path file = written(List.of(Ramp.halves("pair", 2)), 1);
    List<String> schema =
        query(
            "select name, type, repetition_type, logical_type from parquet_schema(FILE)"
                + " where name in ('start', 'src_ip', 'flow_id', 'pair/c0') order by name",
            file);
    assertThat(schema.get(0)).startsWith("flow_id|INT64|REQUIRED|");
    assertThat(schema.get(1)).startsWith("pair/c0|FLOAT|REQUIRED|");
    assertThat(schema.get(2)).startsWith("src_ip|BYTE_ARRAY|REQUIRED|StringType");
    assertThat(schema.get(3))
        .startsWith("start|INT64|REQUIRED|TimestampType(isAdjustedToUTC=1")
        .contains("NANOS=NanoSeconds()");
    assertThat(query("select distinct compression from parquet_metadata(FILE)", file))
        .containsExactly("ZSTD");
    assertThat(
            query(
                "select decode(value) from parquet_kv_metadata(FILE)"
                    + " where decode(key) = 'caracal.views'",
                file))
        .containsExactly("pair 1.0");
  }

  @Test
  void manyRowsAreSeveralGroupsAndNoneIsLost() throws Exception {
    Path file = written(List.of(Ramp.noise(2000)), 1500);
    assertThat(query("select count(*), sum(fwd_packets) from FILE", file))
        .containsExactly("4500|13500");
    assertThat(query("select count(distinct row_group_id) > 1 from parquet_metadata(FILE)", file))
        .containsExactly("true");
  }

  @Test
  void textsThatRepeatStandInADictionary() throws Exception {
    assertThat(
            query(
                "select bool_and(encodings like '%DICTIONARY%') from parquet_metadata(FILE)"
                    + " where path_in_schema in ('reason', 'state', 'src_ip')",
                written(List.of(), 100)))
        .containsExactly("true");
  }

  @Test
  void aFileWithoutFlowsIsWhole() throws Exception {
    assertThat(query("select count(*) from FILE", written(List.of(), 0))).containsExactly("0");
  }

  @Test
  void readersCanLeaveOutGroupsByTheStatistics() throws Exception {
    Path file = written(List.of(), 2);
    assertThat(
            query(
                "select stats_min_value, stats_max_value from parquet_metadata(FILE)"
                    + " where path_in_schema = 'dst_port'",
                file))
        .containsExactly("1|80");
    assertThat(query("select count(*) from FILE where src_ip = '2001:db8::5'", file))
        .containsExactly("2");
  }
}
