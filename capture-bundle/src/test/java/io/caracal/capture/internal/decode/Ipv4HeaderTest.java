package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.join;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Ipv4HeaderTest {
  private final Decoding decoding = new Decoding();

  @Test
  void readsTheHeader() {
    byte[] packet = ipv4(UDP).options(12).carrying(udp(53, 5353, new byte[100]));
    assertThat(decoding.decode(ethernet(IPV4, packet))).isEqualTo(OK);
    assertThat(decoding.headers.sourceHigh).isZero();
    assertThat(decoding.headers.destinationHigh).isZero();
    assertThat(decoding.headers.protocol).isEqualTo(17);
    assertThat(decoding.headers.ttl).isEqualTo(64);
    assertThat(decoding.headers.ipLength).isEqualTo(140);
    assertThat(decoding.headers.ipHeaderLength).isEqualTo(32);
    assertThat(decoding.headers.payloadLength).isEqualTo(100);
    assertThat(decoding.headers.sourcePort).isEqualTo(53);
    assertThat(decoding.headers.fragment).isFalse();
  }

  @Test
  void paddingOfTheFrameCountsForNothing() {
    byte[] padded = join(ipv4(TCP).carrying(tcp(1, 2, 2, new byte[0])), new byte[6]);
    assertThat(decoding.decode(ethernet(IPV4, padded))).isEqualTo(OK);
    assertThat(decoding.headers.ipLength).isEqualTo(40);
    assertThat(decoding.headers.payloadLength).isZero();
  }

  @Test
  void offloadedSegmentsTakeTheLengthOfTheFrame() {
    byte[] packet = ipv4(TCP).totalLength(0).carrying(tcp(1, 2, 16, new byte[70_000]));
    assertThat(decoding.decode(ethernet(IPV4, packet))).isEqualTo(OK);
    assertThat(decoding.headers.ipLength).isEqualTo(70_040);
    assertThat(decoding.headers.payloadLength).isEqualTo(70_000);
  }

  @Test
  void contradictingLengthsAreBad() {
    byte[] segment = tcp(1, 2, 16, new byte[0]);
    byte[] shortTotal = ipv4(TCP).totalLength(19).carrying(segment);
    byte[] shortHeader = ipv4(TCP).carrying(segment);
    shortHeader[0] = 0x44;
    assertThat(decoding.decode(ethernet(IPV4, shortTotal))).isEqualTo(BAD_IP);
    assertThat(decoding.decode(ethernet(IPV4, shortHeader))).isEqualTo(BAD_IP);
  }

  @Test
  void otherProtocolsAreFlowsWithoutPorts() {
    decoding.decode(ethernet(IPV4, ipv4(TCP).carrying(tcp(1, 2, 16, new byte[0]))));
    assertThat(decoding.decode(ethernet(IPV4, ipv4(47).carrying(new byte[30])))).isEqualTo(OK);
    assertThat(decoding.headers.protocol).isEqualTo(47);
    assertThat(decoding.headers.sourcePort).isZero();
    assertThat(decoding.headers.destinationPort).isZero();
    assertThat(decoding.headers.tcpFlags).isZero();
    assertThat(decoding.headers.tcpSequence).isZero();
    assertThat(decoding.headers.transportHeaderLength).isZero();
    assertThat(decoding.headers.payloadLength).isEqualTo(30);
  }
}
