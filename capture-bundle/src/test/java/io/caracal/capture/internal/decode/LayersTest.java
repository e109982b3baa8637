package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.hex;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.join;
import static io.caracal.capture.internal.Frames.mpls;
import static io.caracal.capture.internal.Frames.pppoe;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.vlan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caracal.capture.internal.Frames;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {
  private static final byte[] SEGMENT = tcp(40000, 443, 0x12, new byte[10]);
  private static final byte[] V4 = ipv4(TCP).carrying(SEGMENT);
  private static final byte[] V6 = ipv6(TCP).carrying(SEGMENT);
  private static final byte[] TAGGED = ethernet(0x8100, vlan(7, IPV4, V4));

  private final Decoding decoding = new Decoding();

  static Stream<Arguments> layers() {
    byte[] labelled4 = ethernet(0x8847, mpls(1, V4));
    return Stream.of(
        arguments("MPLS, IPv4", labelled4, false, 0),
        arguments("MPLS, three labels, IPv6", ethernet(0x8848, mpls(3, V6)), true, 0),
        arguments("MPLS behind a tag", ethernet(0x8100, vlan(5, 0x8847, mpls(2, V4))), false, 5),
        arguments("MPLS, Ethernet", ethernet(0x8847, mpls(1, TAGGED)), false, 7),
        arguments(
            "MPLS, control word, Ethernet",
            ethernet(0x8847, mpls(1, join(hex("00000009"), TAGGED))),
            false,
            7),
        arguments("PPPoE, IPv4", ethernet(0x8864, pppoe(join(hex("0021"), V4))), false, 0),
        arguments("PPPoE, IPv6", ethernet(0x8864, pppoe(join(hex("0057"), V6))), true, 0),
        arguments("PPPoE, short protocol", ethernet(0x8864, pppoe(join(hex("21"), V4))), false, 0),
        arguments(
            "PPPoE, address and control",
            ethernet(0x8864, pppoe(join(hex("ff030057"), V6))),
            true,
            0),
        arguments(
            "PPPoE behind two tags",
            ethernet(0x88a8, vlan(3, 0x8100, vlan(4, 0x8864, pppoe(join(hex("0021"), V4))))),
            false,
            0x4003),
        arguments(
            "802.1ah", ethernet(0x88a8, vlan(3, 0x88e7, join(hex("00012345"), TAGGED))), false, 7),
        arguments("802.1BR", ethernet(0x893f, hex("0000 0000 0000 0800"), V4), false, 0),
        arguments("VN-Tag", ethernet(0x8926, hex("00000000 86dd"), V6), true, 0),
        arguments("metadata", ethernet(0x8909, hex("0101 0001 0064 0800"), V4), false, 0),
        arguments("FabricPath", ethernet(0x8903, hex("0021"), TAGGED), false, 7),
        arguments("NSH, IPv4", ethernet(0x894f, hex("0fc20201 00002aff"), V4), false, 0),
        arguments(
            "NSH, metadata, Ethernet",
            ethernet(0x894f, hex("0fc60103 00002aff"), new byte[16], TAGGED),
            false,
            7),
        arguments("802.3 behind a tag", ethernet(0x8100, vlan(9, 60, snap(IPV4, V4))), false, 9),
        arguments("802.2 with IP", ethernet(60, hex("060603"), V4), false, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void findsTheIpPacket(String name, byte[] frame, boolean ipv6, int vlan) {
    assertThat(decoding.decode(frame)).isEqualTo(OK);
    assertThat(decoding.headers.ipv6).isEqualTo(ipv6);
    assertThat(decoding.headers.vlan).isEqualTo(vlan);
    assertThat(decoding.headers.sourcePort).isEqualTo(40000);
    assertThat(decoding.headers.payloadLength).isEqualTo(10);
    assertThat(decoding.headers.tunnelDepth).as("a layer is no tunnel").isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void aFrameThatEndsBeforeIpIsTruncated(String name, byte[] frame, boolean ipv6, int vlan) {
    int before = frame.length - (ipv6 ? V6 : V4).length;
    for (int length = 0; length < before; length++) {
      assertThat(decoding.decodeCut(Decoding.ETHERNET, frame, length)).isEqualTo(TRUNCATED_LINK);
    }
  }

  /** An address of the station 45:..:..:.. looks like the first byte of an IPv4 header. */
  @Test
  void stationsThatLookLikeIpAreStations() {
    byte[] frame = TAGGED.clone();
    frame[0] = 0x45;
    frame[2] = (byte) 0xf0;
    assertThat(decoding.decode(ethernet(0x8847, mpls(1, frame)))).isEqualTo(OK);
    assertThat(decoding.headers.vlan).isEqualTo(7);
    frame[0] = 0x60;
    frame[4] = (byte) 0xf0;
    assertThat(decoding.decode(ethernet(0x8847, mpls(1, frame)))).isEqualTo(OK);
    assertThat(decoding.headers.vlan).isEqualTo(7);
  }

  /** The source address 8.0.0.1 stands where the type of an Ethernet header would. */
  @Test
  void addressesThatLookLikeTypesAreAddresses() {
    byte[] packet = ipv4(TCP).between("08000001", "08000002").carrying(SEGMENT);
    assertThat(decoding.decode(ethernet(0x8847, mpls(1, packet)))).isEqualTo(OK);
    assertThat(decoding.headers.sourceLow).isEqualTo(0x08000001);
  }

  @Test
  void whatHoldsNoIpSaysSo() {
    assertThat(decoding.decode(ethernet(0x8847, mpls(1, join(hex("10000021"), V4)))))
        .as("the associated channel of a pseudowire")
        .isEqualTo(NOT_IP);
    assertThat(decoding.decode(ethernet(0x8863, pppoe(hex("0021"))))).isEqualTo(NOT_IP);
    assertThat(decoding.decode(ethernet(0x8864, pppoe(hex("c0210101000a")))))
        .as("link control")
        .isEqualTo(NOT_IP);
    assertThat(decoding.decode(ethernet(0x894f, hex("0fc00201 00002aff"), V4)))
        .as("a length of zero")
        .isEqualTo(NOT_IP);
    assertThat(decoding.decode(ethernet(60, hex("fefe0383 1b010010"))))
        .as("a routing protocol of ISO")
        .isEqualTo(NOT_IP);
  }

  @Test
  void endlessLabelsAreTooDeep() {
    assertThat(decoding.decode(ethernet(0x8847, mpls(16, V4)))).isEqualTo(OK);
    assertThat(decoding.decode(ethernet(0x8847, mpls(17, V4)))).isEqualTo(TOO_DEEP);
  }

  private static byte[] ethernet(int type, byte[]... payload) {
    return Frames.ethernet(type, join(payload));
  }

  private static byte[] snap(int type, byte[] payload) {
    return join(hex("aaaa03 000000"), new byte[] {(byte) (type >>> 8), (byte) type}, payload);
  }
}
