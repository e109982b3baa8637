package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.capture.internal.Frames.IPV6;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.join;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.capture.internal.Frames;
import org.junit.jupiter.api.Test;

class Ipv6HeaderTest {
  private final Decoding decoding = new Decoding();

  @Test
  void readsTheHeader() {
    assertThat(decoding.decode(ethernet(IPV6, ipv6(UDP).carrying(udp(53, 5353, new byte[7])))))
        .isEqualTo(OK);
    assertThat(decoding.headers.sourceHigh).isEqualTo(0x20010db800000000L);
    assertThat(decoding.headers.sourceLow).isEqualTo(1);
    assertThat(decoding.headers.ttl).isEqualTo(63);
    assertThat(decoding.headers.ipLength).isEqualTo(55);
    assertThat(decoding.headers.ipHeaderLength).isEqualTo(40);
    assertThat(decoding.headers.payloadLength).isEqualTo(7);
  }

  @Test
  void followsTheChainOfExtensionHeaders() {
    byte[] packet =
        ipv6(TCP)
            .extension(0, 8)
            .extension(43, 24)
            .extension(60, 16)
            .authentication(24)
            .fragment(1, 0, false)
            .extension(135, 8)
            .carrying(tcp(1234, 80, 2, new byte[5]));
    assertThat(decoding.decode(ethernet(IPV6, packet))).isEqualTo(OK);
    assertThat(decoding.headers.protocol).isEqualTo(6);
    assertThat(decoding.headers.sourcePort).isEqualTo(1234);
    assertThat(decoding.headers.ipHeaderLength).isEqualTo(40 + 88);
    assertThat(decoding.headers.payloadLength).isEqualTo(5);
    assertThat(decoding.headers.fragment).as("an atomic fragment is whole").isFalse();
  }

  @Test
  void lengthZeroTakesTheLengthOfTheFrame() {
    byte[] packet = ipv6(TCP).payloadLength(0).carrying(tcp(1, 2, 16, new byte[70_000]));
    assertThat(decoding.decode(ethernet(IPV6, packet))).isEqualTo(OK);
    assertThat(decoding.headers.ipLength).isEqualTo(70_060);
    assertThat(decoding.headers.payloadLength).isEqualTo(70_000);
  }

  @Test
  void nothingAfterTheHeadersIsAnEmptyPacket() {
    byte[] padded = join(ipv6(59).carrying(new byte[0]), new byte[6]);
    assertThat(decoding.decode(ethernet(IPV6, padded))).isEqualTo(OK);
    assertThat(decoding.headers.protocol).isEqualTo(59);
    assertThat(decoding.headers.ipLength).isEqualTo(40);
    assertThat(decoding.headers.payloadLength).isZero();
  }

  @Test
  void extensionsLongerThanThePacketAreBad() {
    byte[] packet = ipv6(TCP).extension(60, 8).carrying(tcp(1, 2, 16, new byte[0]));
    packet[41] = (byte) 200;
    assertThat(decoding.decode(ethernet(IPV6, packet))).isEqualTo(BAD_IP);
    byte[] none = ipv6(60).payloadLength(4).carrying(new byte[4]);
    assertThat(decoding.decode(ethernet(IPV6, none))).isEqualTo(BAD_IP);
  }

  @Test
  void endlessExtensionsAreTooDeep() {
    Frames.Ipv6 chain = ipv6(TCP);
    for (int i = 0; i < 20; i++) {
      chain.extension(60, 8);
    }
    byte[] packet = chain.carrying(tcp(1, 2, 16, new byte[0]));
    assertThat(decoding.decode(ethernet(IPV6, packet))).isEqualTo(TOO_DEEP);
  }
}
