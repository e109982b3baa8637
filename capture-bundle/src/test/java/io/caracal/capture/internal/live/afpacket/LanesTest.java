package io.caracal.capture.internal.live.afpacket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.Frames;
import io.caracal.capture.internal.live.Recorded;
import io.caracal.capture.internal.live.Veth;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded traffic in lanes; needs root, iproute2, ethtool and tcpreplay. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LanesTest {
  private final BpfMachine machine = new BpfMachine(LaneProgram.ethernet(), 14);

  /** The lane depends on the two addresses alone, see {@link LaneProgramTest}. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theKernelPutsEachFrameInItsLane(int lanes) throws IOException {
    List<byte[]> sent = Recorded.frames(5000);
    try (Veth veth = Veth.open()) {
      List<PacketInput> inputs = open(veth.name, "", lanes);
      veth.send(sent);
      for (int lane = 0; lane < lanes; lane++) {
        assertThat(Recorded.captured(inputs.get(lane)))
            .containsExactlyElementsOf(inLane(sent, lane, lanes));
      }
      inputs.forEach(PacketInput::close);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vlan 42"})
  void tagsChangeNoLane(String filter) throws IOException {
    List<byte[]> sent = Recorded.frames(500).stream().map(LanesTest::tagged).toList();
    try (Veth veth = Veth.open()) {
      List<PacketInput> inputs = open(veth.name, filter, 2);
      veth.send(sent);
      for (int lane = 0; lane < 2; lane++) {
        assertThat(Recorded.captured(inputs.get(lane)))
            .containsExactlyElementsOf(inLane(sent, lane, 2));
      }
      inputs.forEach(PacketInput::close);
    }
  }

  private static byte[] tagged(byte[] frame) {
    byte[] tag = Frames.hex("8100 002a");
    byte[] addresses = Arrays.copyOf(frame, 12);
    return Frames.join(addresses, tag, Arrays.copyOfRange(frame, 12, frame.length));
  }

  /** Out and in again, each frame passes a loopback interface twice. */
  @Test
  void loopbackFramesComeOnce() throws IOException {
    try {
      List<PacketInput> inputs = open("lo", "udp dst port 47816", 2);
      List<byte[]> captured = new ArrayList<>();
      for (int host = 1; host <= 100; host++) {
        InetAddress source = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
        try (DatagramSocket socket = new DatagramSocket(0, source)) {
          InetAddress destination = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
          socket.send(new DatagramPacket(new byte[0], 0, destination, 47816));
        }
      }
      for (int lane = 0; lane < 2; lane++) {
        List<byte[]> part = Recorded.captured(inputs.get(lane));
        assertThat(part).isNotEmpty().isEqualTo(inLane(part, lane, 2));
        captured.addAll(part);
      }
      assertThat(captured).hasSize(100).doesNotHaveDuplicates();
      inputs.forEach(PacketInput::close);
    } catch (IOException e) {
      assumeThat(e).hasMessageNotContainingAny("libpcap0.8", "CAP_NET_RAW");
      throw e;
    }
  }

  @Test
  void aFilterThatTheKernelRefusesIsNamed() throws IOException {
    try (Veth veth = Veth.open();
        AfPacketInput input = new AfPacketInput(request(veth.name, "ip"), true)) {
      SocketFilter tooLong = new SocketFilter(new byte[5000 * SocketFilter.INSTRUCTION]);
      assertThatIOException()
          .isThrownBy(() -> input.attach(tooLong))
          .withMessageStartingWith("the filter \"ip\" is not valid on " + veth.name)
          .withMessageContaining("the kernel takes no 5000 instructions");
    }
  }

  private List<byte[]> inLane(List<byte[]> frames, int lane, int lanes) {
    List<byte[]> expected =
        frames.stream().filter(frame -> machine.run(frame) % lanes == lane).toList();
    assertThat(expected).isNotEmpty();
    return expected;
  }

  private static List<PacketInput> open(String name, String filter, int lanes) throws IOException {
    List<PacketInput> inputs = new AfPacketSource().openLanes(request(name, filter), lanes);
    assertThat(inputs).hasSize(lanes);
    return inputs;
  }

  private static SourceRequest request(String name, String filter) {
    return SourceRequest.live(name, filter, 16_384, 8 << 20, 20, true);
  }
}
