package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_TRANSPORT;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TRANSPORT;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.IPV6;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.hex;
import static io.caracal.capture.internal.Frames.icmp;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.sctp;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
  private static final byte[] NOTHING = {};

  private final Decoding decoding = new Decoding();
  private final PacketHeaders headers = decoding.headers;

  @Test
  void readsTcp() {
    byte[] segment = tcp(65535, 22, 0xd3, new byte[12], new byte[33]);
    assertThat(decode(TCP, segment)).isEqualTo(OK);
    assertThat(headers.sourcePort).isEqualTo(65535);
    assertThat(headers.destinationPort).isEqualTo(22);
    assertThat(headers.tcpFlags).isEqualTo(0xd3);
    assertThat(headers.tcpWindow).isEqualTo(0xfff0);
    assertThat(headers.tcpSequence).isEqualTo(0x89abcdefL);
    assertThat(headers.tcpAcknowledgment).isEqualTo(0xfedcba98L);
    assertThat(headers.transportHeaderLength).isEqualTo(32);
    assertThat(headers.payloadLength).isEqualTo(33);
    assertThat(headers.oneWay).isFalse();
  }

  @Test
  void impossibleTcpHeadersAreBad() {
    byte[] tooShort = tcp(1, 2, 16, NOTHING);
    tooShort[12] = 0x40;
    byte[] tooLong = tcp(1, 2, 16, NOTHING);
    tooLong[12] = 0x60;
    assertThat(decode(TCP, tooShort)).isEqualTo(BAD_TRANSPORT);
    assertThat(decode(TCP, tooLong)).isEqualTo(BAD_TRANSPORT);
    assertThat(decode(TCP, new byte[19])).isEqualTo(BAD_TRANSPORT);
  }

  @Test
  void tcpOptionsNeedNotBeCaptured() {
    byte[] frame = ethernet(IPV4, ipv4(TCP).carrying(tcp(1, 2, 16, new byte[12], new byte[99])));
    assertThat(decoding.decodeCut(Decoding.ETHERNET, frame, 54)).isEqualTo(OK);
    assertThat(headers.transportHeaderLength).isEqualTo(32);
    assertThat(headers.payloadLength).isEqualTo(99);
    assertThat(decoding.decodeCut(Decoding.ETHERNET, frame, 53)).isEqualTo(TRUNCATED_TRANSPORT);
  }

  @Test
  void readsUdp() {
    assertThat(decode(UDP, udp(5000, 53, new byte[20]))).isEqualTo(OK);
    assertThat(headers.sourcePort).isEqualTo(5000);
    assertThat(headers.destinationPort).isEqualTo(53);
    assertThat(headers.transportHeaderLength).isEqualTo(8);
    assertThat(headers.payloadLength).isEqualTo(20);
  }

  @Test
  void impossibleUdpLengthsAreBad() {
    byte[] tooShort = udp(1, 2, NOTHING);
    tooShort[5] = 7;
    assertThat(decode(UDP, tooShort)).isEqualTo(BAD_TRANSPORT);
    assertThat(decode(UDP, new byte[7])).isEqualTo(BAD_TRANSPORT);
  }

  @Test
  void readsSctpPorts() {
    assertThat(decode(132, sctp(3868, 3869, new byte[16]))).isEqualTo(OK);
    assertThat(headers.sourcePort).isEqualTo(3868);
    assertThat(headers.destinationPort).isEqualTo(3869);
    assertThat(decode(132, new byte[11])).isEqualTo(BAD_TRANSPORT);
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "0, 8", "10, 9", "9, 10", "13, 14", "14, 13", "15, 16", "17, 18", "18, 17"})
  void icmpRequestsMeetTheirReplies(int type, int counterpart) {
    assertThat(decode(1, icmp(type, 0, new byte[56]))).isEqualTo(OK);
    assertThat(headers.sourcePort).isEqualTo(type);
    assertThat(headers.destinationPort).isEqualTo(counterpart);
    assertThat(headers.oneWay).isFalse();
    assertThat(headers.transportHeaderLength).isEqualTo(8);
    assertThat(headers.payloadLength).isEqualTo(56);
  }

  @ParameterizedTest
  @CsvSource({"128, 129", "129, 128", "130, 131", "133, 134", "135, 136", "140, 139", "144, 145"})
  void icmpv6RequestsMeetTheirReplies(int type, int counterpart) {
    assertThat(decoding.decode(ethernet(IPV6, ipv6(58).carrying(icmp(type, 0, NOTHING)))))
        .isEqualTo(OK);
    assertThat(headers.sourcePort).isEqualTo(type);
    assertThat(headers.destinationPort).isEqualTo(counterpart);
    assertThat(headers.oneWay).isFalse();
  }

  @Test
  void otherIcmpIsOneWay() {
    assertThat(decode(1, icmp(3, 13, new byte[28]))).isEqualTo(OK);
    assertThat(headers.sourcePort).isEqualTo(3);
    assertThat(headers.destinationPort).isEqualTo(13);
    assertThat(headers.oneWay).isTrue();
    assertThat(decode(1, icmp(255, 255, NOTHING))).isEqualTo(OK);
    assertThat(headers.sourcePort).isEqualTo(255);
  }

  /** Both vectors stand in the specification's baseline for icmp.pcap. */
  @Test
  void echoAndItsReplyHaveTheSpecifiedCommunityId() {
    byte[] request = ipv4(1).carrying(icmp(8, 0, NOTHING));
    addresses(request, "c0a80059", "c0a80001");
    byte[] reply = ipv4(1).carrying(icmp(0, 0, NOTHING));
    addresses(reply, "c0a80001", "c0a80059");
    decoding.decode(ethernet(IPV4, request));
    assertThat(communityId()).isEqualTo("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=");
    decoding.decode(ethernet(IPV4, reply));
    assertThat(communityId()).isEqualTo("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=");
  }

  private DecodeResult decode(int protocol, byte[] payload) {
    return decoding.decode(ethernet(IPV4, ipv4(protocol).carrying(payload)));
  }

  private static void addresses(byte[] packet, String source, String destination) {
    byte[] both = hex(source + destination);
    System.arraycopy(both, 0, packet, 12, both.length);
  }

  private String communityId() {
    return new FlowIdentity(
            headers.ipv6,
            headers.sourceHigh,
            headers.sourceLow,
            headers.sourcePort,
            headers.destinationHigh,
            headers.destinationLow,
            headers.destinationPort,
            headers.protocol,
            headers.vlan,
            headers.oneWay)
        .communityId();
  }
}
