package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;
import static io.caracal.api.packet.DecodeResult.UNKNOWN_LINK_TYPE;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.hex;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.capture.internal.Frames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Link types by the bytes that stand before an IP packet. */
class LinkLayerTest {
  private static final byte[] V4 = ipv4(UDP).carrying(udp(5353, 53, new byte[30]));
  private static final byte[] V6 = ipv6(UDP).carrying(udp(5353, 53, new byte[30]));

  private final Decoding decoding = new Decoding();

  @ParameterizedTest(name = "link type {0}: {1}")
  @CsvSource({
    "9, PPP, 0021, 4",
    "9, PPP with a short protocol, 57, 6",
    "9, PPP with address and control, ff030057, 6",
    "9, PPP with labels, 0281 00001140, 4",
    "10, FDDI, 50 020000000002 020000000001 aaaa030000000800, 4",
    "50, serial line with PPP, ff030021, 4",
    "50, serial line with Cisco HDLC, 0f0086dd, 6",
    "51, PPPoE, 1100 0007 0042 0021, 4",
    "104, Cisco HDLC, 0f000800, 4",
    "104, Cisco HDLC broadcast, 8f0086dd, 6",
    "105, 802.11, 0802 0000 000000000000 000000000000 000000000000 1000 aaaa030000000800, 4",
    "105, 802.11 with quality of service,"
        + " 8801 0000 000000000000 000000000000 000000000000 1000 0000 aaaa0300000086dd, 6",
    "105, 802.11 between access points, 0803 0000 000000000000 000000000000 000000000000 1000"
        + " 000000000000 aaaa030000000800, 4",
    "107, Frame Relay, 1841 03cc, 4",
    "107, Frame Relay with an Ethernet type, 1841 86dd, 6",
    "107, Frame Relay with a long address, 18404001 038e, 6",
    "127, radiotap, 0000 0c00 00000000 01020304"
        + " 0802 0000 000000000000 000000000000 000000000000 1000 aaaa030000000800, 4",
    "192, PPI, 0000 0800 01000000 020000000002 020000000001 0800, 4",
    "258, macOS, 10000000 01000000 01000000 ffffffff 020000000002 020000000001 86dd, 6",
    "239, NFLOG, 02000005 0500 0a00 41 000000 3800 0900, 4",
    "239, NFLOG of IPv6, 0a000005 0800 0100 86dd0000 4e00 0900, 6",
  })
  void findsTheIpPacket(int linkType, String name, String header, int version) {
    byte[] before = hex(header);
    byte[] frame = Frames.join(before, version == 4 ? V4 : V6);
    assertThat(decoding.decode(linkType, frame)).isEqualTo(OK);
    assertThat(decoding.headers.ipv6).isEqualTo(version == 6);
    assertThat(decoding.headers.sourcePort).isEqualTo(5353);
    assertThat(decoding.headers.payloadLength).isEqualTo(30);
    for (int length = 0; length < before.length; length++) {
      assertThat(decoding.decodeCut(linkType, frame, length)).isEqualTo(TRUNCATED_LINK);
    }
  }

  @ParameterizedTest(name = "link type {0}: {1}")
  @CsvSource({
    "192, PPI in PPI, 0000 0800 c0000000",
    "192, PPI of nothing known, 0000 0800 93000000",
    "258, macOS with an endless header, ffffffff 01000000 01000000",
  })
  void framesOfNoKnownKindSaySo(int linkType, String name, String header) {
    assertThat(decoding.decode(linkType, Frames.join(hex(header), V4)))
        .isEqualTo(UNKNOWN_LINK_TYPE);
  }

  @ParameterizedTest(name = "link type {0}: {1}")
  @CsvSource({
    "9, link control, c021",
    "50, link control, ff03c021",
    "51, discovery, 1109 0000 0042 0021",
    "104, Cisco's keepalive, 8f008035",
    "105, a beacon, 8000 0000 000000000000 000000000000 000000000000 1000",
    "105, data that is encrypted, 0842 0000 000000000000 000000000000 000000000000 1000",
    "105, data without data, 4802 0000 000000000000 000000000000 000000000000 1000",
    "105, a later fragment, 0802 0000 000000000000 000000000000 000000000000 1100",
    "105, aggregated packets, 8802 0000 000000000000 000000000000 000000000000 1000 8000",
    "107, an address without end, 18404040 4040",
    "107, ISO, 1841 0381",
    "113, 802.3 without 802.2, 0000 0001 0006 020000000001 0000 0001",
    "127, radiotap of another version, 0100 0c00 00000000 01020304",
    "239, NFLOG of bridged frames, 07000005 3800 0900",
    "239, NFLOG with an attribute of no length, 02000005 0000 0a00",
  })
  void whatHoldsNoIpSaysSo(int linkType, String name, String header) {
    assertThat(decoding.decode(linkType, Frames.join(hex(header), V4))).isEqualTo(NOT_IP);
  }
}
