package io.caracal.itests;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.itests.Caracal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample sent over a pair of virtual interfaces, captured by the sensor and by tcpdump at once:
 * both have the kernel's time stamps, so that tcpdump's file must give the same features. Needs
 * root, iproute2, tcpreplay, tcpdump and zstd.
 */
class LiveEqualsFileIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAMESPACE = "cvlive" + ProcessHandle.current().pid() % 100_000;
  private static final String HERE = NAMESPACE + "h";
  private static final String THERE = NAMESPACE + "t";

  @TempDir private Path folder;

  @BeforeEach
  void connect() throws Exception {
    for (String program : List.of("ip", "tcpreplay", "tcpdump", "zstd")) {
      assumeThat(installed(program)).as("the program " + program).isTrue();
    }
    assumeThat(shell("ip netns add " + NAMESPACE)).as("root, and network namespaces").isZero();
    assertThat(
            shell(
                "ip link add "
                    + HERE
                    + " type veth peer name "
                    + THERE
                    + " netns "
                    + NAMESPACE
                    + " && ip link set "
                    + HERE
                    + " addrgenmode none mtu 9000 up && ip -n "
                    + NAMESPACE
                    + " link set "
                    + THERE
                    + " addrgenmode none mtu 9000 up"))
        .isZero();
  }

  @AfterEach
  void disconnect() throws Exception {
    shell("ip netns del " + NAMESPACE);
  }

  private static boolean installed(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private int shell(String command) throws IOException, InterruptedException {
    return process(command).waitFor();
  }

  private Process process(String command) throws IOException {
    return new ProcessBuilder("sh", "-c", command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("tools.log").toFile()))
        .start();
  }

  @Test
  void everyColumnOfEveryView() throws Exception {
    Path capture = folder.resolve("capture.pcap");
    Path sent = folder.resolve("sample.pcap");
    assertThat(shell("zstd -dqc " + Caracal.SAMPLE + " > " + sent)).isZero();
    Process tcpdump =
        process(
            "exec tcpdump -Z root -U -i "
                + HERE
                + " --time-stamp-precision=nano -B 200000 -w "
                + capture);
    Path live = folder.resolve("live.jsonl");
    Caracal caracal =
        Caracal.start(
            folder,
            "flows",
            "-i",
            HERE,
            "--checkpoints",
            "--out",
            live.toString(),
            "--set",
            "capture.delay=0.5");
    caracal.await("listening on " + HERE);
    String send =
        "ip netns exec " + NAMESPACE + " tcpreplay -q --pps=12000 -i " + THERE + " " + sent;
    assertThat(shell(send)).isZero();
    TimeUnit.SECONDS.sleep(3); // tcpdump's and the sensor's last blocks
    caracal.interrupt();
    assertThat(caracal.finish().out()).contains("184,753 packets");
    tcpdump.destroy();
    assertThat(tcpdump.waitFor(30, TimeUnit.SECONDS)).isTrue();

    Path file = folder.resolve("file.jsonl");
    Result result =
        Caracal.run(folder, "flows", capture.toString(), "--checkpoints", "--out", file.toString());
    assertThat(result.out()).contains("184,753 packets");
    List<String> expected = features(file);
    assertThat(expected).hasSizeGreaterThan(20_000);
    List<String> seen = features(live);
    assertThat(seen).hasSameSizeAs(expected);
    assertThat(
            IntStream.range(0, expected.size()).filter(i -> !seen.get(i).equals(expected.get(i))))
        .as("records that differ, by their number in " + file)
        .isEmpty();
  }

  /**
   * Records in an order of their own, without the number of the flow. What the end of a capture
   * ends, and what was closed in the second before, was looked at in its surroundings at that very
   * moment, which is later where the sensor was stopped by hand.
   */
  private static List<String> features(Path file) throws IOException {
    List<ObjectNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      ObjectNode record = (ObjectNode) JSON.readTree(line);
      record.remove("flow_id");
      records.add(record);
    }
    Instant last = records.stream().map(LiveEqualsFileIT::end).max(naturalOrder()).orElseThrow();
    for (ObjectNode record : records) {
      boolean checkpoint = record.path("reason").asText().equals("checkpoint");
      boolean atTheEnd = record.path("reason").asText().equals("end-of-capture");
      if (atTheEnd || (!checkpoint && end(record).isAfter(last.minusSeconds(2)))) {
        record.remove(List.of("host", "history", "graph"));
      }
    }
    assertThat(records.stream().filter(record -> record.has("host"))).hasSizeGreaterThan(5_000);
    return records.stream().map(ObjectNode::toString).sorted().toList();
  }

  private static Instant end(ObjectNode record) {
    return Instant.parse(record.path("end").asText());
  }
}
