package io.caracal.capture.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.Frames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recorded traffic through a virtual interface; needs root, iproute2, ethtool and tcpreplay. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VethTest {
  private static final int BUFFER = 8 << 20;
  private static final int SMALL_BUFFER = 256 << 10;
  private static final int SNAPSHOT = 16_384;

  private Veth veth;

  @BeforeEach
  void connect() throws IOException {
    veth = Veth.open();
  }

  @AfterEach
  void disconnect() throws IOException {
    if (veth != null) {
      veth.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFrameArrivesInOrderAndWhole(Live live) throws IOException {
    List<byte[]> sent = Recorded.frames(5000);
    try (PacketInput input = open(live, "", SNAPSHOT, BUFFER)) {
      veth.send(sent);
      assertThat(Recorded.captured(input)).containsExactlyElementsOf(sent);
      assertThat(input.counters().packets()).isEqualTo(sent.size());
      assertThat(input.counters().droppedByKernel()).isZero();
      assertThat(input.counters().truncated()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSnapshotLengthCutsAndIsCounted(Live live) throws IOException {
    List<byte[]> sent = Recorded.frames(200);
    List<Integer> lengths = new ArrayList<>();
    FrameHandler handler =
        frame -> {
          assertThat(frame.capturedLength).isEqualTo(Math.min(frame.wireLength, 64));
          lengths.add(frame.wireLength);
        };
    try (PacketInput input = open(live, "", 64, BUFFER)) {
      veth.send(sent);
      Recorded.poll(input, handler);
      assertThat(lengths).containsExactlyElementsOf(sent.stream().map(f -> f.length).toList());
      assertThat(input.counters().truncated())
          .isEqualTo(sent.stream().filter(frame -> frame.length > 64).count())
          .isPositive();
    }
  }

  /** The kernel takes the outer tag out of a frame; what is delivered has it again. */
  @ParameterizedTest
  @EnumSource
  void tagsAreInTheFrameAndSeenByFilters(Live live) throws IOException {
    byte[] ip = Frames.ipv4(Frames.UDP).carrying(Frames.udp(1000, 53, new byte[30]));
    byte[] tagged = Frames.ethernet(0x8100, Frames.vlan(42, Frames.IPV4, ip));
    byte[] twice =
        Frames.ethernet(0x88a8, Frames.vlan(42, 0x8100, Frames.vlan(7, Frames.IPV4, ip)));
    byte[] other = Frames.ethernet(0x8100, Frames.vlan(43, Frames.IPV4, ip));
    byte[] plain = Frames.ethernet(Frames.IPV4, ip);
    try (PacketInput all = open(live, "", SNAPSHOT, BUFFER);
        PacketInput one = open(live, "vlan 42", SNAPSHOT, BUFFER)) {
      veth.send(List.of(tagged, plain, twice, other));
      assertThat(Recorded.captured(all)).containsExactly(tagged, plain, twice, other);
      assertThat(Recorded.captured(one)).containsExactly(tagged, twice);
    }
  }

  /** Nobody reads while the frames come, so that most find the buffer full. */
  @ParameterizedTest
  @EnumSource
  void whatIsLostIsCountedExactly(Live live) throws IOException {
    List<byte[]> sent = Recorded.frames(10_000);
    PacketInput input = open(live, "", SNAPSHOT, SMALL_BUFFER);
    veth.send(sent);
    long received = Recorded.captured(input).size();
    input.close();
    SourceCounters counters = input.counters();
    assertThat(counters.packets()).isEqualTo(received).isPositive();
    assertThat(counters.droppedByKernel()).isPositive();
    assertThat(received + counters.droppedByKernel() + counters.droppedByInterface())
        .isEqualTo(sent.size());
    assertThat(counters.bufferFull() > 0).isEqualTo(live == Live.AFPACKET);
  }

  @ParameterizedTest
  @EnumSource
  void anInterfaceThatGoesAwayIsAnError(Live live) throws IOException {
    try (PacketInput input = open(live, "", SNAPSHOT, BUFFER)) {
      List<byte[]> sent = Recorded.frames(10);
      veth.send(sent);
      veth.remove();
      List<byte[]> captured = new ArrayList<>();
      assertThatIOException()
          .isThrownBy(
              () -> {
                while (true) {
                  input.poll(frame -> captured.add(frame.copy()), 100, 100);
                }
              })
          .withMessageStartingWith(veth.name + " cannot be captured any more");
      assertThat(captured).containsExactlyElementsOf(sent);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterfaceThatIsDownIsNamed(Live live) throws IOException {
    veth.down();
    assertThatIOException()
        .isThrownBy(() -> open(live, "", SNAPSHOT, BUFFER).close())
        .withMessage(veth.name + " is down; bring it up with ip link set " + veth.name + " up");
  }

  private PacketInput open(Live live, String filter, int snapshot, int buffer) throws IOException {
    return live.source().open(SourceRequest.live(veth.name, filter, snapshot, buffer, 20, true));
  }
}
