package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.caracal.itests.Caracal.Result;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample through {@code caracal flows} in every format: each holds every flow, and together the
 * flows hold every packet that was decoded.
 */
class FlowsIT {
  private static final long FLOWS = 19_211;

  /** 184,753 frames less 779 that are not IP. */
  private static final long PACKETS = 183_974;

  @TempDir private Path folder;

  private Path flows(String name, String... more) throws Exception {
    Path file = folder.resolve(name);
    Result result =
        Caracal.run(
            folder,
            Stream.concat(
                    Stream.of("flows", Caracal.SAMPLE, "--out", file.toString()), Stream.of(more))
                .toArray(String[]::new));
    assertThat(result.err()).doesNotContain("ERROR");
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("19,211 records of 184,753 packets");
    return file;
  }

  /** The sum of two columns, given by their names in the first line that begins so. */
  private static long sum(Path file, String begins, String separator, String one, String two)
      throws Exception {
    List<String> lines = Files.readAllLines(file);
    List<String> names =
        List.of(
            lines.stream()
                .filter(line -> line.startsWith(begins))
                .findFirst()
                .orElseThrow()
                .substring(begins.length())
                .split(separator, -1));
    long sum = 0;
    for (String line : lines) {
      if (!line.startsWith("#") && !line.startsWith("Flow ID")) {
        String[] values = line.split(separator, -1);
        assertThat(values).hasSameSizeAs(names);
        sum += Long.parseLong(values[names.indexOf(one)]);
        sum += Long.parseLong(values[names.indexOf(two)]);
      }
    }
    return sum;
  }

  @Test
  void csvOfCicIsWhole() throws Exception {
    Path csv = flows("flows.csv");
    assertThat(Files.readAllLines(csv)).hasSize((int) FLOWS + 1);
    assertThat(sum(csv, "", ",", "Total Fwd Packet", "Total Bwd packets")).isEqualTo(PACKETS);
  }

  @Test
  void aConnLogIsWhole() throws Exception {
    Path log = flows("conn.log");
    assertThat(sum(log, "#fields\t", "\t", "orig_pkts", "resp_pkts")).isEqualTo(PACKETS);
  }

  @Test
  void parquetIsWholeAndHoldsTheSameFlowsAsJsonLines() throws Exception {
    Path parquet = flows("flows.parquet", "--view", "cic,packets");
    Path json = flows("flows.jsonl", "--view", "cic,packets");
    String compared =
        """
        select count(*), sum(p.fwd_packets + p.bwd_packets),
          count(*) filter (p.community_id = j.community_id and p.state = j.state
            and p.fwd_ip_bytes = j.fwd_ip_bytes
            and p."cic/Flow Duration" = j.cic."Flow Duration"::float
            and p."packets/p01.size" = j.packets[2][1]::float)
        from '%s' p join read_json('%s') j using (flow_id)
        """
            .formatted(parquet, json);
    assertThat(query(compared)).containsExactly(FLOWS, PACKETS, FLOWS);
  }

  /** The only row of a query, whole numbers. */
  private static List<Long> query(String sql) throws SQLException {
    List<Long> row = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
        row.add(result.getLong(column));
      }
    }
    return row;
  }

  @Test
  void aSensorLogsEveryFlowWithItsJudgement() throws Exception {
    Path log = folder.resolve("log");
    Result result =
        Caracal.run(
            folder,
            "replay",
            Caracal.SAMPLE,
            "--set",
            "flowlog.path=" + log,
            "--set",
            "flowlog.rotate=30",
            "--set",
            "flowlog.views=cic");
    assertThat(result.err()).doesNotContain("ERROR");
    assertThat(result.code()).isZero();
    String content =
        """
        select count(*), sum(fwd_packets + bwd_packets),
          count(*) filter ("judgement/probability" between 0 and 1),
          sum("cic/Total Fwd Packet" + "cic/Total Bwd packets"), (count(distinct filename) > 2)::int
        from read_parquet('%s/*.parquet', filename = true)
        """
            .formatted(log);
    assertThat(query(content)).containsExactly(FLOWS, PACKETS, FLOWS, PACKETS, 1L);
    try (Stream<Path> files = Files.list(log)) {
      assertThat(files).allMatch(file -> file.toString().endsWith("Z.parquet"));
    }
  }

  @Test
  void aCollectorCountsTheSame() throws Exception {
    Path nfcapd = Path.of("/usr/bin/nfcapd");
    assumeThat(Files.isExecutable(nfcapd)).as("nfcapd, of the Debian package nfdump").isTrue();
    Path collected = Files.createDirectories(folder.resolve("collected"));
    int port;
    try (DatagramSocket socket = new DatagramSocket()) {
      port = socket.getLocalPort();
    }
    Process collector =
        new ProcessBuilder(
                nfcapd.toString(),
                "-l",
                collected.toString(),
                "-b",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-t",
                "86400",
                "-B",
                "20000000")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("collector").toFile())
            .start();
    try {
      while (!Files.readString(folder.resolve("collector")).contains("Startup")) {
        assertThat(collector.waitFor(50, TimeUnit.MILLISECONDS)).as("nfcapd ended").isFalse();
      }
      Result result =
          Caracal.run(folder, "flows", Caracal.SAMPLE, "--to", "ipfix://127.0.0.1:" + port);
      assertThat(result.code()).isZero();
    } finally {
      collector.destroy();
      collector.waitFor();
    }
    assertThat(Files.readString(folder.resolve("collector")))
        .contains("Flows: " + FLOWS + ", Packets: " + PACKETS + ", ")
        .contains("Sequence Errors: 0, Bad Packets: 0");
  }

  @Test
  void whatDoesNotFitIsOneSentence() throws Exception {
    Result both = Caracal.run(folder, "flows", Caracal.SAMPLE, "--out", "a", "--to", "ipfix://b:1");
    assertThat(both.code()).isEqualTo(2);
    Result view =
        Caracal.run(folder, "flows", Caracal.SAMPLE, "--out", "a.csv", "--view", "cic,dns");
    assertThat(view.code()).isEqualTo(1);
    assertThat(view.err()).contains("there is no view 'dns'; installed are [cic, ");
    Result format = Caracal.run(folder, "flows", Caracal.SAMPLE, "--out", "a", "--format", "arrow");
    assertThat(format.err()).contains("there is no format 'arrow'; installed are [csv, ");
    Result marks = Caracal.run(folder, "flows", Caracal.SAMPLE, "--out", "a.log", "--checkpoints");
    assertThat(marks.err()).contains("this kind of zeek cannot tell a checkpoint from the end");
  }
}
