package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
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

  @Test
  void seesWhatPassesOrSaysWhatIsMissing() throws Exception {
    Caracal caracal =
        Caracal.start(
            folder,
            "run",
            "-i",
            "lo",
            "--filter",
            "udp port " + PORT,
            "--out",
            folder.toString(),
            "--quiet");
    String said = caracal.awaitAny("listening on lo", "libpcap0.8", "CAP_NET_RAW");
    if (!said.equals("listening on lo")) {
      assertThat(caracal.finish().code()).isEqualTo(1);
      return;
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] payload = new byte[100];
      for (int i = 0; i < DATAGRAMS; i++) {
        socket.send(
            new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), PORT));
      }
    }
    caracal.interrupt();
    Result result = caracal.finish();
    assertThat(result.out()).contains("packets");
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertThat(summary.path("flows").asInt()).isEqualTo(1);
    assertThat(summary.path("counters").path("decoder.ok").asInt()).isEqualTo(DATAGRAMS);
    assertThat(summary.path("counters").path("flow.active").asInt()).isZero();
  }
}
