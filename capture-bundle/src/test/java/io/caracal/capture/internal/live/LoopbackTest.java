package io.caracal.capture.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.FrameHandler;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real packets on the loopback interface, where this user may capture and libpcap is there. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LoopbackTest {
  private static final int PORT = 47_808;
  private static final FrameHandler IGNORE = frame -> {};

  @ParameterizedTest
  @EnumSource
  void deliversOnceWhatPassesTheFilter(Live live) throws IOException {
    PacketDecoder decoder = new HeaderDecoderFactory().create();
    PacketHeaders headers = new PacketHeaders();
    List<Integer> payloads = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    long before = System.currentTimeMillis() * 1_000_000;
    try (PacketInput input = open(live, "udp dst port " + PORT)) {
      send(PORT + 1, 1);
      send(PORT, 300);
      FrameHandler handler =
          frame -> {
            assertThat(decoder.decode(frame, headers)).isEqualTo(DecodeResult.OK);
            assertThat(headers.destinationPort).isEqualTo(PORT);
            payloads.add(headers.payloadLength);
            times.add(frame.timeNanos);
          };
      while (payloads.size() < 300) {
        assertThat(input.poll(handler, 7, 100)).isBetween(0, 7);
      }
      assertThat(input.poll(handler, 7, 100)).isZero();
      assertThat(input.counters().packets()).isEqualTo(300);
      assertThat(input.counters().droppedByKernel()).isZero();
      assertThat(input.progress()).isNegative();
    }
    for (int i = 0; i < 300; i++) {
      assertThat(payloads.get(i)).isEqualTo(i);
    }
    assertThat(times).isSorted().allMatch(time -> time >= before - 1_000_000_000L);
    assertThat(times.getLast()).isLessThan((System.currentTimeMillis() + 1000) * 1_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void aQuietInterfaceGivesTheThreadBack(Live live) throws IOException {
    try (PacketInput input = open(live, "udp port " + (PORT + 2))) {
      assertThat(input.poll(IGNORE, 100, 100)).isZero();
      assertThat(input.poll(IGNORE, 100, 0)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAHandlerThrowsPassesThrough(Live live) throws IOException {
    try (PacketInput input = open(live, "udp dst port " + PORT)) {
      send(PORT, 2);
      FrameHandler throwing =
          frame -> {
            throw new IllegalStateException("handler");
          };
      assertThatThrownBy(() -> pollUntilOne(input, throwing)).hasMessage("handler");
      assertThat(input.counters().packets()).isEqualTo(1);
      pollUntilOne(input, IGNORE);
      assertThat(input.counters().packets()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherThreadMayClose(Live live) throws Exception {
    PacketInput input = open(live, "udp port " + (PORT + 2));
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    int delivered = 0;
                    while (delivered != PacketInput.END) {
                      delivered = input.poll(IGNORE, 100, 50);
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    input.close();
    input.close();
    reader.join();
    assertThat(input.poll(IGNORE, 1, 100)).isEqualTo(PacketInput.END);
  }

  /** Every source says the same, so that a host that asks one after the other says it once. */
  @ParameterizedTest
  @EnumSource
  void aWrongFilterShowsWhatTheCompilerSays(Live live) throws IOException {
    open(live, "udp").close();
    assertThatIOException()
        .isThrownBy(() -> live.source().open(request("udp port 99999")).close())
        .withMessage(
            "the filter \"udp port 99999\" is not valid on lo (illegal port number 99999 > 65535);"
                + " see man pcap-filter");
  }

  @ParameterizedTest
  @EnumSource
  void aWrongNameListsTheRightOnes(Live live) throws IOException {
    open(live, "").close();
    SourceRequest request = SourceRequest.live("nic77", "", 65535, 0, 20, true);
    assertThatIOException()
        .isThrownBy(() -> live.source().open(request).close())
        .withMessageMatching("nic77 is not an interface; choose one of (.+, )?lo(, .+)?");
  }

  private static void pollUntilOne(PacketInput input, FrameHandler handler) throws IOException {
    int delivered = 0;
    while (delivered == 0) {
      delivered = input.poll(handler, 100, 100);
    }
  }

  private static SourceRequest request(String filter) {
    return SourceRequest.live("lo", filter, 65535, 4 << 20, 20, true);
  }

  /** Opens, or ends the test where this machine does not let us. */
  private static PacketInput open(Live live, String filter) throws IOException {
    assumeThat(Interfaces.onLinux()).as("Linux, with an interface named lo").isTrue();
    try {
      return live.source().open(request(filter));
    } catch (IOException e) {
      assumeThat(e).hasMessageNotContainingAny("libpcap0.8", "CAP_NET_RAW");
      throw e;
    }
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
