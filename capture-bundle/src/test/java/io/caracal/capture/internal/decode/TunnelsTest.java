package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.BAD_TRANSPORT;
import static io.caracal.api.packet.DecodeResult.BAD_TUNNEL;
import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.ORPHAN_FRAGMENT;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TUNNEL;
import static io.caracal.capture.internal.Frames.BRIDGED;
import static io.caracal.capture.internal.Frames.GRE;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.IPV6;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.geneve;
import static io.caracal.capture.internal.Frames.gre;
import static io.caracal.capture.internal.Frames.gtpU;
import static io.caracal.capture.internal.Frames.hex;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.join;
import static io.caracal.capture.internal.Frames.mpls;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.udp;
import static io.caracal.capture.internal.Frames.vlan;
import static io.caracal.capture.internal.Frames.vxlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.PacketHeaders;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelsTest {
  static final byte[] SEGMENT = tcp(40000, 443, 0x18, new byte[10]);
  static final byte[] V4 = ipv4(TCP).between("ac100001", "ac100002").carrying(SEGMENT);
  static final byte[] V6 = ipv6(TCP).carrying(SEGMENT);
  private static final byte[] FRAME = ethernet(IPV4, V4);
  private static final byte[] TAGGED = ethernet(0x8100, vlan(7, IPV6, V6));
  private static final byte[] NOTHING = {};

  private final Decoding decoding = new Decoding();
  private final PacketHeaders headers = decoding.headers;

  /** Name, frame, kind, tunnel id, whether the packet inside is IPv6, its VLAN. */
  static Stream<Arguments> tunnels() {
    return Stream.of(
        inGre("GRE", gre(0, IPV4, V4), 0, false),
        inGre("GRE with IPv6", gre(0, IPV6, V6), 0, true),
        inGre("GRE with a checksum", gre(0x8000, IPV4, join(hex("12340000"), V4)), 0, false),
        inGre("GRE with a key", gre(0x2000, IPV4, join(hex("80000001"), V4)), 0x80000001, false),
        inGre(
            "GRE with everything",
            gre(0xb000, IPV6, join(hex("12340000 0000002a 00000001"), V6)),
            42,
            true),
        arguments(
            "GRE in UDP",
            inUdp(4754, gre(0x2000, IPV4, join(hex("00000005"), V4))),
            Encapsulation.GRE,
            5,
            false,
            0),
        inGre("metadata", gre(0, 0x8909, join(hex("0800 0101 0001 0064"), V4)), 0, false),
        inGre("web cache", gre(0, 0x883e, V4), 0, false),
        inGre("web cache, version 2", gre(0, 0x883e, join(hex("00000000"), V4)), 0, false),
        inGre("GRE with labels", gre(0, 0x8847, mpls(2, V4)), 0, false),
        inGre(
            "PPTP",
            gre(0x3081, 0x880b, join(hex("00640005 00000001 00000002 ff030021"), V4)),
            5,
            false),
        arguments("bridged", inIp(GRE, gre(0, BRIDGED, TAGGED)), Encapsulation.GRE, 0, true, 7),
        erspan("ERSPAN I", gre(0, 0x88be, TAGGED), 0),
        erspan(
            "ERSPAN II",
            gre(0x1000, 0x88be, join(hex("00000001 1007 0ab5 00000005"), TAGGED)),
            693),
        erspan(
            "ERSPAN III",
            gre(0x1000, 0x22eb, join(hex("00000001 2007 0065 01020304 0000 0000"), TAGGED)),
            101),
        erspan(
            "ERSPAN III with a subheader",
            gre(
                0x1000,
                0x22eb,
                join(hex("00000001 2007 0065 01020304 0000 0001 0102030405060708"), TAGGED)),
            101),
        inDatagram("VXLAN", 4789, vxlan(0xabcdef, TAGGED), Encapsulation.VXLAN, 0xabcdef),
        inDatagram("VXLAN of old", 8472, vxlan(1, TAGGED), Encapsulation.VXLAN, 1),
        inDatagram(
            "VXLAN with reserved bits",
            4789,
            join(hex("8808 1234 00000500"), TAGGED),
            Encapsulation.VXLAN,
            5),
        inDatagram(
            "VXLAN-GPE", 4790, join(hex("0c000003 00000500"), TAGGED), Encapsulation.VXLAN, 5),
        arguments(
            "VXLAN-GPE with IPv4",
            inUdp(4790, join(hex("0c000001 00000500"), V4)),
            Encapsulation.VXLAN,
            5,
            false,
            0),
        inDatagram(
            "Geneve",
            6081,
            geneve(0xfffffe, BRIDGED, NOTHING, TAGGED),
            Encapsulation.GENEVE,
            0xfffffe),
        inDatagram(
            "Geneve with options",
            6081,
            geneve(3, BRIDGED, new byte[12], TAGGED),
            Encapsulation.GENEVE,
            3),
        arguments("IPv4 in IPv4", inIp(4, V4), Encapsulation.IP_IN_IP, 0, false, 0),
        arguments(
            "IPv4 in IPv6",
            ethernet(IPV6, ipv6(4).carrying(V4)),
            Encapsulation.IP_IN_IP,
            0,
            false,
            0),
        arguments("IPv6 in IPv4", inIp(41, V6), Encapsulation.IPV6_IN_IP, 0, true, 0),
        arguments(
            "IPv6 in IPv6",
            ethernet(IPV6, ipv6(41).extension(60, 8).carrying(V6)),
            Encapsulation.IPV6_IN_IP,
            0,
            true,
            0),
        gtp("GTP-U", gtpU(0, 0xcafe0001, V4), 0xcafe0001, false),
        gtp("GTP-U with a number", gtpU(2, 7, join(hex("0001 00 00"), V4)), 7, false),
        gtp(
            "GTP-U with extensions",
            gtpU(4, 7, join(hex("0000 00 85 01 0001 c0 02 01020304 0506 00"), V6)),
            7,
            true),
        teredo("Teredo", V6),
        teredo("Teredo with an origin", join(hex("0000 1234 c0000201"), V6)),
        teredo(
            "Teredo with authentication",
            join(hex("0001 02 03 6162 010203 0102030405060708 00 0000 1234 c0000201"), V6)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnels")
  void decodesThePacketInside(
      String name, byte[] frame, Encapsulation kind, int id, boolean ipv6, int vlan) {
    assertThat(decoding.decode(frame)).isEqualTo(OK);
    assertThat(headers.inner).isEqualTo(OK);
    assertThat(headers.encapsulation).isEqualTo(kind);
    assertThat(headers.tunnelDepth).isEqualTo(1);
    assertThat(headers.tunnelId).isEqualTo(id);
    assertThat(headers.ipv6).isEqualTo(ipv6);
    assertThat(headers.vlan).isEqualTo(vlan);
    assertThat(headers.sourceLow).isEqualTo(ipv6 ? 1 : 0xac100001L);
    assertThat(headers.protocol).isEqualTo(TCP);
    assertThat(headers.sourcePort).isEqualTo(40000);
    assertThat(headers.destinationPort).isEqualTo(443);
    assertThat(headers.ipLength).isEqualTo(ipv6 ? 70 : 50);
    assertThat(headers.payloadLength).isEqualTo(10);
    assertThat(headers.timeNanos).isEqualTo(Decoding.TIME);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tunnels")
  void whatFollowsIsNotInside(String name, byte[] frame) {
    decoding.decode(frame);
    assertThat(decoding.decode(FRAME)).isEqualTo(OK);
    assertThat(headers.encapsulation).isEqualTo(Encapsulation.NONE);
    assertThat(headers.tunnelDepth).isZero();
    assertThat(headers.tunnelId).isZero();
    assertThat(headers.vlan).isZero();
    assertThat(headers.inner).isEqualTo(OK);
  }

  @Test
  void paddingOfTheFrameIsNotInside() {
    assertThat(decoding.decode(join(inIp(4, new byte[3]), V4))).isEqualTo(OK);
    assertThat(headers.inner).isEqualTo(TRUNCATED_IP);
    assertThat(headers.protocol).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void followsTunnelsInTunnels(int depth) {
    assertThat(decoding.decode(nested(depth))).isEqualTo(OK);
    assertThat(headers.tunnelDepth).isEqualTo(depth);
    assertThat(headers.protocol).isEqualTo(TCP);
    assertThat(headers.destinationPort).isEqualTo(443);
    assertThat(headers.inner).isEqualTo(OK);
  }

  @Test
  void theFifthTunnelIsTooDeep() {
    assertThat(decoding.decode(nested(5))).isEqualTo(OK);
    assertThat(headers.inner).isEqualTo(TOO_DEEP);
    assertThat(headers.tunnelDepth).isEqualTo(4);
    assertThat(headers.encapsulation).isEqualTo(Encapsulation.GRE);
    assertThat(headers.tunnelId).isEqualTo(3);
    assertThat(headers.protocol).isEqualTo(GRE);
    assertThat(headers.sourceLow).isEqualTo(0x0b000001L);
  }

  static Stream<Arguments> failures() {
    byte[] badTcp = tcp(1, 2, 16, NOTHING);
    badTcp[12] = 0;
    byte[] version5 = V4.clone();
    version5[0] = 0x55;
    return Stream.of(
        arguments("GRE version 2", GRE, gre(2, IPV4, V4), BAD_TUNNEL),
        arguments("a source route", GRE, gre(0x4000, IPV4, V4), BAD_TUNNEL),
        arguments("PPTP without a key", GRE, gre(0x1001, 0x880b, V4), BAD_TUNNEL),
        arguments("ERSPAN of another version", GRE, gre(0x1000, 0x88be, V4), BAD_TUNNEL),
        arguments("a cut GRE header", GRE, hex("2000 0800 0000"), TRUNCATED_TUNNEL),
        arguments("a keepalive", GRE, gre(0, 0, NOTHING), NOT_IP),
        arguments("ARP", GRE, gre(0, BRIDGED, ethernet(0x0806, new byte[28])), NOT_IP),
        arguments("a cut frame", GRE, gre(0, BRIDGED, new byte[13]), TRUNCATED_LINK),
        arguments("a cut packet", 4, new byte[19], TRUNCATED_IP),
        arguments("another version", 4, version5, BAD_IP),
        arguments("a bad segment", 4, ipv4(TCP).carrying(badTcp), BAD_TRANSPORT),
        arguments(
            "an orphan", 4, ipv4(UDP).fragment(77, 1480, false).carrying(SEGMENT), ORPHAN_FRAGMENT),
        arguments("bad deeper", GRE, gre(0, IPV4, ipv4(41).carrying(new byte[60])), BAD_IP));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void whatCannotBeFollowedStaysAPacketOfTheTunnel(
      String name, int protocol, byte[] payload, DecodeResult reason) {
    assertThat(decoding.decode(inIp(protocol, payload))).isEqualTo(OK);
    assertThat(headers.inner).isEqualTo(reason);
    boolean deeper = name.equals("bad deeper");
    assertThat(headers.tunnelDepth).isEqualTo(deeper ? 1 : 0);
    assertThat(headers.encapsulation).isEqualTo(deeper ? Encapsulation.GRE : Encapsulation.NONE);
    assertThat(headers.protocol).isEqualTo(deeper ? 41 : protocol);
    assertThat(headers.sourceLow).isEqualTo(0x0a000001L);
    assertThat(headers.ipLength).isEqualTo(20 + payload.length - (deeper ? 24 : 0));
    assertThat(headers.sourcePort).isZero();
    assertThat(headers.tcpFlags).isZero();
  }

  @Test
  void aConvincingHeaderSaysWhyItWasNotFollowed() {
    byte[] arp = ethernet(0x0806, new byte[28]);
    assertThat(decoding.decode(inUdp(4789, vxlan(1, arp)))).isEqualTo(OK);
    assertPlainDatagram(4789, NOT_IP);
    decoding.decode(inUdp(6081, geneve(1, 0x0806, NOTHING, new byte[28])));
    assertPlainDatagram(6081, NOT_IP);
    decoding.decode(inUdp(2152, gtpU(4, 1, join(hex("0000 00 85 00 000000"), V4))));
    assertPlainDatagram(2152, BAD_TUNNEL);
    byte[] badTcp = tcp(1, 2, 16, NOTHING);
    badTcp[12] = 0;
    decoding.decode(inUdp(3544, ipv6(TCP).carrying(badTcp)));
    assertPlainDatagram(3544, BAD_TRANSPORT);
  }

  static Stream<Arguments> otherDatagrams() {
    return Stream.of(
        arguments("VXLAN without an instance", 4789, join(hex("00000000 00000500"), FRAME)),
        arguments("GRE with IP of another type", 4754, gre(0, 0x0801, V4)),
        arguments("GRE with a source route", 4754, gre(0x4000, IPV4, V4)),
        arguments("VXLAN with reserved bits", 4789, join(hex("08000100 00000500"), V6)),
        arguments("VXLAN with more of them", 4789, join(hex("08000000 00000501"), V6)),
        arguments("VXLAN-GPE of version 1", 4790, join(hex("1c000003 00000500"), FRAME)),
        arguments("VXLAN-GPE for maintenance", 4790, join(hex("0d000003 00000500"), FRAME)),
        arguments("a short datagram", 4789, hex("08000000 0000")),
        arguments("Geneve of version 1", 6081, join(hex("40006558 00000500"), FRAME)),
        arguments("Geneve with reserved bits", 6081, join(hex("00016558 00000500"), FRAME)),
        arguments("Geneve with options that do not fit", 6081, hex("3f006558 00000500 0000")),
        arguments("GTP-U's echo", 2152, hex("3201 0004 00000000 00010000")),
        arguments("GTP version 0", 2152, join(hex("1eff 0032 00000001"), V4)),
        arguments("GTP-U longer than the datagram", 2152, join(hex("30ff 0033 00000001"), V4)),
        arguments("Teredo with IPv4", 3544, V4),
        arguments(
            "Teredo longer than the datagram", 3544, ipv6(UDP).payloadLength(9).carrying(NOTHING)),
        arguments("nothing", 4789, NOTHING));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherDatagrams")
  void aPortAloneMakesNoTunnel(String name, int port, byte[] payload) {
    assertThat(decoding.decode(inUdp(port, payload))).isEqualTo(OK);
    assertPlainDatagram(port, OK);
    assertThat(headers.payloadLength).isEqualTo(payload.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {4789, 6081, 2152})
  void onlyTeredoAnswersFromItsPort(int port) {
    byte[] tunnel =
        port == 2152
            ? gtpU(0, 1, V4)
            : port == 4789 ? vxlan(1, FRAME) : geneve(1, IPV4, NOTHING, V4);
    decoding.decode(ethernet(IPV4, ipv4(UDP).carrying(udp(port, 50000, tunnel))));
    assertThat(headers.tunnelDepth).isZero();
    decoding.decode(ethernet(IPV4, ipv4(UDP).carrying(udp(3544, 50000, V6))));
    assertThat(headers.encapsulation).isEqualTo(Encapsulation.TEREDO);
  }

  @Test
  void acknowledgmentsOfPptpCarryNothing() {
    decoding.decode(inIp(GRE, gre(0x2081, 0x880b, hex("00000005 00000001"))));
    assertThat(headers.inner).isEqualTo(OK);
    assertThat(headers.tunnelDepth).isZero();
    assertThat(headers.tunnelId).isZero();
  }

  @Test
  void fragmentsOfATunnelBelongToTheFlowInside() {
    byte[] whole = udp(50000, 4789, vxlan(9, ethernet(IPV4, V4)));
    byte[] first = Arrays.copyOf(whole, 72);
    byte[] rest = Arrays.copyOfRange(whole, 72, whole.length);
    decoding.decode(ethernet(IPV4, ipv4(UDP).fragment(5, 0, true).carrying(first)));
    assertThat(headers.tunnelDepth).isEqualTo(1);
    assertThat(headers.destinationPort).isEqualTo(443);
    assertThat(decoding.decode(ethernet(IPV4, ipv4(UDP).fragment(5, 72, false).carrying(rest))))
        .isEqualTo(OK);
    assertThat(headers.sourceLow).isEqualTo(0xac100001L);
    assertThat(headers.sourcePort).isEqualTo(40000);
    assertThat(headers.protocol).isEqualTo(TCP);
    assertThat(headers.encapsulation).isEqualTo(Encapsulation.VXLAN);
    assertThat(headers.tunnelId).isEqualTo(9);
    assertThat(headers.tunnelDepth).isEqualTo(1);
    assertThat(headers.fragment).isTrue();
    assertThat(headers.tcpFlags).as("only the first fragment has them").isZero();
    assertThat(headers.ipLength).as("its own").isEqualTo(20 + rest.length);
  }

  @Test
  void fragmentsOfATunnelWithAnotherVersionHaveItsHeader() {
    byte[] first = Arrays.copyOf(V6, 64);
    decoding.decode(ethernet(IPV4, ipv4(41).fragment(5, 0, true).carrying(first)));
    assertThat(
            decoding.decode(ethernet(IPV4, ipv4(41).fragment(5, 64, false).carrying(new byte[6]))))
        .isEqualTo(OK);
    assertThat(headers.ipv6).isTrue();
    assertThat(headers.sourceLow).isEqualTo(1);
    assertThat(headers.ipHeaderLength).isEqualTo(40);
    assertThat(headers.ipLength).isEqualTo(46);
    assertThat(headers.payloadLength).isEqualTo(6);
  }

  @Test
  void fragmentsOfATunnelThatCannotBeFollowedBelongToTheTunnel() {
    byte[] arp = gre(0, BRIDGED, ethernet(0x0806, new byte[34]));
    decoding.decode(ethernet(IPV4, ipv4(GRE).fragment(6, 0, true).carrying(arp)));
    assertThat(headers.inner).isEqualTo(NOT_IP);
    assertThat(decoding.decode(ethernet(IPV4, ipv4(GRE).fragment(6, 56, false).carrying(SEGMENT))))
        .isEqualTo(OK);
    assertThat(headers.sourceLow).isEqualTo(0x0a000001L);
    assertThat(headers.protocol).isEqualTo(GRE);
    assertThat(headers.tunnelDepth).isZero();
  }

  @Test
  void fragmentsInsideATunnelAreFragments() {
    byte[] first = ipv4(UDP).fragment(8, 0, true).carrying(udp(1000, 53, new byte[40]));
    byte[] later = ipv4(UDP).fragment(8, 48, false).carrying(new byte[20]);
    decoding.decode(inIp(GRE, gre(0, IPV4, first)));
    assertThat(headers.fragment).isTrue();
    assertThat(headers.destinationPort).isEqualTo(53);
    decoding.decode(inIp(GRE, gre(0, IPV4, later)));
    assertThat(headers.inner).isEqualTo(OK);
    assertThat(headers.tunnelDepth).isEqualTo(1);
    assertThat(headers.destinationPort).isEqualTo(53);
    assertThat(headers.ipLength).isEqualTo(40);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsTested(Encapsulation kind) {
    boolean tested = tunnels().anyMatch(tunnel -> tunnel.get()[2] == kind);
    assertThat(tested).isEqualTo(kind != Encapsulation.NONE);
  }

  private void assertPlainDatagram(int port, DecodeResult inner) {
    assertThat(headers.inner).isEqualTo(inner);
    assertThat(headers.encapsulation).isEqualTo(Encapsulation.NONE);
    assertThat(headers.tunnelDepth).isZero();
    assertThat(headers.tunnelId).isZero();
    assertThat(headers.sourceLow).isEqualTo(0x0a000001L);
    assertThat(headers.protocol).isEqualTo(UDP);
    assertThat(headers.sourcePort).isEqualTo(50000);
    assertThat(headers.destinationPort).isEqualTo(port);
  }

  /** GRE in GRE, with the depth from the outside as key, and other addresses at each. */
  private static byte[] nested(int depth) {
    byte[] packet = V4;
    for (int level = 1; level <= depth; level++) {
      byte[] key = {0, 0, 0, (byte) (depth - level)};
      String source = level == 1 ? "0b000001" : "0c000001";
      packet = ipv4(GRE).between(source, "0b000002").carrying(gre(0x2000, IPV4, join(key, packet)));
    }
    return ethernet(IPV4, packet);
  }

  private static Arguments inGre(String name, byte[] payload, int id, boolean ipv6) {
    return arguments(name, inIp(GRE, payload), Encapsulation.GRE, id, ipv6, 0);
  }

  private static Arguments erspan(String name, byte[] payload, int session) {
    return arguments(name, inIp(GRE, payload), Encapsulation.ERSPAN, session, true, 7);
  }

  private static Arguments inDatagram(
      String name, int port, byte[] payload, Encapsulation kind, int network) {
    return arguments(name, inUdp(port, payload), kind, network, true, 7);
  }

  private static Arguments gtp(String name, byte[] payload, int endpoint, boolean ipv6) {
    return arguments(name, inUdp(2152, payload), Encapsulation.GTP_U, endpoint, ipv6, 0);
  }

  private static Arguments teredo(String name, byte[] payload) {
    return arguments(name, inUdp(3544, payload), Encapsulation.TEREDO, 0, true, 0);
  }

  static byte[] inIp(int protocol, byte[] payload) {
    return ethernet(IPV4, ipv4(protocol).carrying(payload));
  }

  static byte[] inUdp(int port, byte[] payload) {
    return inIp(UDP, udp(50000, port, payload));
  }
}
