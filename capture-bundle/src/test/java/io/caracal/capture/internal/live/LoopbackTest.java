package io.caracal.capture.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.decode.HeaderDecoderFactory;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real packets on the loopback interface, where libpcap is there and this user may capture. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LoopbackTest {
  private static final int PORT = 47_808;

  @BeforeAll
  static void capturingIsPossible() {
    assumeThat(Libpcap.load()).as("libpcap").isPresent();
    assumeThat(mayCapture()).as("permission to capture").isTrue();
  }

  private static boolean mayCapture() {
    try (PacketInput input = open("udp port " + PORT)) {
      return input.progress() < 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void deliversWhatPassesTheFilter() throws IOException {
    PacketDecoder decoder = new HeaderDecoderFactory().create();
    PacketHeaders headers = new PacketHeaders();
    List<Integer> payloads = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    long before = System.currentTimeMillis() * 1_000_000;
    try (PacketInput input = open("udp dst port " + PORT)) {
      send(PORT + 1, 1);
      send(PORT, 300);
      while (payloads.size() < 300) {
        int count =
            input.poll(
                frame -> {
                  assertThat(decoder.decode(frame, headers)).isEqualTo(DecodeResult.OK);
                  assertThat(headers.destinationPort).isEqualTo(PORT);
                  payloads.add(headers.payloadLength);
                  times.add(frame.timeNanos);
                },
                7,
                100);
        assertThat(count).isBetween(0, 7);
      }
      assertThat(input.counters().packets()).isEqualTo(300);
      assertThat(input.counters().droppedByKernel()).isZero();
    }
    for (int i = 0; i < 300; i++) {
      assertThat(payloads.get(i)).isEqualTo(i);
    }
    assertThat(times).isSorted().allMatch(time -> time >= before - 1_000_000_000L);
    assertThat(times.getLast()).isLessThan((System.currentTimeMillis() + 1000) * 1_000_000);
  }

  @Test
  void aQuietInterfaceGivesTheThreadBack() throws IOException {
    try (PacketInput input = open("udp port " + (PORT + 2))) {
      long start = System.nanoTime();
      assertThat(input.poll(frame -> {}, 100, 100)).isZero();
      assertThat(System.nanoTime() - start).isBetween(50_000_000L, 2_000_000_000L);
    }
  }

  @Test
  void whatAHandlerThrowsPassesThrough() throws IOException {
    try (PacketInput input = open("udp dst port " + PORT)) {
      send(PORT, 2);
      assertThatThrownBy(
              () -> {
                while (true) {
                  input.poll(
                      frame -> {
                        throw new IllegalStateException("handler");
                      },
                      100,
                      100);
                }
              })
          .hasMessage("handler");
      assertThat(input.counters().packets()).isEqualTo(1);
      int more = 0;
      while (more == 0) {
        more = input.poll(frame -> {}, 100, 100);
      }
      assertThat(input.counters().packets()).isEqualTo(2);
    }
  }

  @Test
  void aClosedInputHasNoMoreFrames() throws IOException {
    PacketInput input = open("");
    input.close();
    input.close();
    assertThat(input.poll(frame -> {}, 1, 100)).isEqualTo(PacketInput.END);
  }

  @Test
  void aWrongFilterShowsWhatTheCompilerSays() {
    assertThatIOException()
        .isThrownBy(() -> open("udp and and").close())
        .withMessageContaining("\"udp and and\"")
        .withMessageContaining("syntax error");
  }

  @Test
  void aWrongNameListsTheRightOnes() {
    SourceRequest request = SourceRequest.live("nic77", "", 65535, 0, 20, true);
    assertThatIOException()
        .isThrownBy(() -> new Pcap4jSource().open(request).close())
        .withMessageStartingWith("nic77 is not an interface; choose one of ")
        .withMessageContaining("lo");
  }

  private static PacketInput open(String filter) throws IOException {
    return new Pcap4jSource().open(SourceRequest.live("lo", filter, 65535, 4 << 20, 20, true));
  }

  /** Datagrams of 0, 1, 2, ... bytes. */
  private static void send(int port, int count) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < count; i++) {
        socket.send(new DatagramPacket(new byte[i], i, InetAddress.getLoopbackAddress(), port));
      }
    }
  }
}
