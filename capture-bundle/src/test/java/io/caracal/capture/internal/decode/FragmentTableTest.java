package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.ORPHAN_FRAGMENT;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.IPV6;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.icmp;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.udp;
import static io.caracal.capture.internal.Frames.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FragmentTableTest {
  private final Decoding decoding = new Decoding();

  @Test
  void laterFragmentsBelongToTheFlowOfTheFirst() {
    assertThat(decoding.decode(first(7))).isEqualTo(OK);
    assertThat(decoding.headers.fragment).isTrue();
    assertThat(decoding.headers.transportHeaderLength).isEqualTo(8);
    assertThat(decoding.decode(later(7))).isEqualTo(OK);
    assertThat(decoding.headers.fragment).isTrue();
    assertThat(decoding.headers.sourcePort).isEqualTo(2049);
    assertThat(decoding.headers.destinationPort).isEqualTo(65000);
    assertThat(decoding.headers.transportHeaderLength).isZero();
    assertThat(decoding.headers.payloadLength).isEqualTo(40);
  }

  @Test
  void withoutTheFirstTheyAreOrphans() {
    assertThat(decoding.decode(later(7))).isEqualTo(ORPHAN_FRAGMENT);
    decoding.decode(first(8));
    assertThat(decoding.decode(later(7))).isEqualTo(ORPHAN_FRAGMENT);
  }

  @Test
  void theFirstOneIsForgottenAfterAMinute() {
    decoding.decodeAt(0, first(7));
    assertThat(decoding.decodeAt(60_000_000_000L, later(7))).isEqualTo(OK);
    assertThat(decoding.decodeAt(60_000_000_001L, later(7))).isEqualTo(ORPHAN_FRAGMENT);
  }

  @Test
  void anotherVlanIsAnotherDatagram() {
    byte[] packet = ipv4(UDP).fragment(7, 0, true).carrying(udp(1, 2, new byte[40]));
    decoding.decode(ethernet(0x8100, vlan(5, IPV4, packet)));
    assertThat(decoding.decode(later(7))).isEqualTo(ORPHAN_FRAGMENT);
  }

  @Test
  void oneWayMessagesStayOneWay() {
    decoding.decode(
        ethernet(IPV4, ipv4(1).fragment(3, 0, true).carrying(icmp(3, 4, new byte[40]))));
    byte[] later = ethernet(IPV4, ipv4(1).fragment(3, 48, false).carrying(new byte[8]));
    assertThat(decoding.decode(later)).isEqualTo(OK);
    assertThat(decoding.headers.oneWay).isTrue();
    assertThat(decoding.headers.sourcePort).isEqualTo(3);
    assertThat(decoding.headers.destinationPort).isEqualTo(4);
  }

  @Test
  void aFirstFragmentMayEndInsideTheTcpOptions() {
    byte[] start = Arrays.copyOf(tcp(12345, 80, 2, new byte[20], new byte[0]), 24);
    assertThat(decoding.decode(ethernet(IPV4, ipv4(6).fragment(1, 0, true).carrying(start))))
        .isEqualTo(OK);
    assertThat(decoding.headers.transportHeaderLength).isEqualTo(24);
    assertThat(decoding.headers.payloadLength).isZero();
    byte[] rest = ethernet(IPV4, ipv4(6).fragment(1, 24, false).carrying(new byte[16]));
    assertThat(decoding.decode(rest)).isEqualTo(OK);
    assertThat(decoding.headers.destinationPort).isEqualTo(80);
  }

  @Test
  void ipv6FragmentsKnowTheTransportBehindFurtherExtensions() {
    byte[] first =
        ipv6(UDP)
            .extension(0, 8)
            .fragment(0xdeadbeef, 0, true)
            .extension(60, 8)
            .carrying(udp(4000, 5000, new byte[32]));
    byte[] later = ipv6(60).fragment(0xdeadbeef, 48, false).carrying(new byte[24]);
    assertThat(decoding.decode(ethernet(IPV6, first))).isEqualTo(OK);
    assertThat(decoding.headers.fragment).isTrue();
    assertThat(decoding.decode(ethernet(IPV6, later))).isEqualTo(OK);
    assertThat(decoding.headers.protocol).isEqualTo(17);
    assertThat(decoding.headers.sourcePort).isEqualTo(4000);
    assertThat(decoding.headers.payloadLength).isEqualTo(24);
    assertThat(decoding.headers.ipHeaderLength).isEqualTo(48);
  }

  @Test
  void aFloodForgetsOldDatagramsAndKeepsTheNewest() {
    for (int id = 0; id < 65_536; id++) {
      decoding.decode(first(id));
    }
    int known = 0;
    for (int id = 0; id < 65_536; id++) {
      known += decoding.decode(later(id)) == OK ? 1 : 0;
    }
    assertThat(decoding.decode(later(65_535))).isEqualTo(OK);
    assertThat(known).isBetween(3000, 4096);
  }

  private static byte[] first(int id) {
    return ethernet(IPV4, ipv4(UDP).fragment(id, 0, true).carrying(udp(2049, 65000, new byte[40])));
  }

  private static byte[] later(int id) {
    return ethernet(IPV4, ipv4(UDP).fragment(id, 48, false).carrying(new byte[40]));
  }
}
