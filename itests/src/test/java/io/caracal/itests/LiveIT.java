package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live capture on the loopback interface. Where libpcap or the privilege is missing, the sensor
 * must say so, and what to do.
 */
class LiveIT {
  private static final int PORT = 47_113;
  private static final int DATAGRAMS = 20;

  @TempDir private Path folder;

  /**
   * Starts a command on the loopback interface and sends it datagrams once it listens; empty where
   * it may not, and says why.
   */
  private Optional<Result> capture(String... arguments) throws Exception {
    Caracal caracal = Caracal.start(folder, arguments);
    String said = caracal.awaitAny("listening on lo", "libpcap0.8", "CAP_NET_RAW");
    if (!said.equals("listening on lo")) {
      assertThat(caracal.finish().code()).isEqualTo(1);
      return Optional.empty();
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] payload = new byte[100];
      for (int i = 0; i < DATAGRAMS; i++) {
        socket.send(
            new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), PORT));
      }
    }
    caracal.interrupt();
    return Optional.of(caracal.finish());
  }

  @Test
  void seesWhatPassesOrSaysWhatIsMissing() throws Exception {
    Optional<Result> result =
        capture(
            "run",
            "-i",
            "lo",
            "--filter",
            "udp port " + PORT,
            "--out",
            folder.toString(),
            "--quiet");
    if (result.isPresent()) {
      assertThat(result.get().out()).contains("packets");
      JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
      assertThat(summary.path("flows").asInt()).isEqualTo(1);
      assertThat(summary.path("counters").path("decoder.ok").asInt()).isEqualTo(DATAGRAMS);
      assertThat(summary.path("counters").path("flow.active").asInt()).isZero();
    }
  }

  @Test
  void flowsOfAnInterfaceAreWrittenWhenItIsStopped() throws Exception {
    Path file = folder.resolve("flows.jsonl");
    Optional<Result> result =
        capture(
            "flows",
            "-i",
            "lo",
            "--filter",
            "udp port " + PORT,
            "--out",
            file.toString(),
            "--quiet");
    if (result.isPresent()) {
      assertThat(result.get().code()).isZero();
      assertThat(result.get().out()).contains("1 records of " + DATAGRAMS + " packets");
      JsonNode flow = new ObjectMapper().readTree(file.toFile());
      assertThat(flow.path("dst_port").asInt()).isEqualTo(PORT);
      assertThat(flow.path("fwd_packets").asInt()).isEqualTo(DATAGRAMS);
      assertThat(flow.path("cic").path("Total Fwd Packet").asInt()).isEqualTo(DATAGRAMS);
    }
  }
}
