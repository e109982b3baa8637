package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.UNKNOWN_LINK_TYPE;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.IPV6;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.hex;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.join;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderDecoderTest {
  private static final byte[] SEGMENT = tcp(40000, 443, 0x18, new byte[10]);
  private static final byte[] V4 = ipv4(TCP).carrying(SEGMENT);
  private static final byte[] V6 = ipv6(TCP).carrying(SEGMENT);

  private final Decoding decoding = new Decoding();

  @ParameterizedTest
  @CsvSource({
    // link type, bytes before the IPv4 packet
    "1, 020000000002 020000000001 0800",
    "1, 020000000002 020000000001 0032 aaaa03 000000 0800",
    "0, 02000000",
    "0, 00000002",
    "108, 00000002",
    "12, ''",
    "14, ''",
    "101, ''",
    "228, ''",
    "113, 0000 0001 0006 020000000001 0000 0800",
    "276, 0800 0000 00000002 0001 00 06 020000000001 0000",
  })
  void findsIpv4(int linkType, String before) {
    assertThat(decoding.decode(linkType, join(hex(before), V4))).isEqualTo(OK);
    assertThat(decoding.headers.ipv6).isFalse();
    assertThat(decoding.headers.sourceLow).isEqualTo(0x0a000001L);
    assertThat(decoding.headers.destinationLow).isEqualTo(0xc0a800c8L);
    assertThat(decoding.headers.destinationPort).isEqualTo(443);
    assertThat(decoding.headers.timeNanos).isEqualTo(Decoding.TIME);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 020000000002 020000000001 86dd",
    "0, 18000000",
    "0, 1c000000",
    "0, 1e000000",
    "108, 00000018",
    "12, ''",
    "14, ''",
    "101, ''",
    "229, ''",
    "113, 0000 0001 0006 020000000001 0000 86dd",
    "276, 86dd 0000 00000002 0001 00 06 020000000001 0000",
  })
  void findsIpv6(int linkType, String before) {
    assertThat(decoding.decode(linkType, join(hex(before), V6))).isEqualTo(OK);
    assertThat(decoding.headers.ipv6).isTrue();
    assertThat(decoding.headers.destinationHigh).isEqualTo(0x20010db800000000L);
    assertThat(decoding.headers.destinationLow).isEqualTo(2);
    assertThat(decoding.headers.destinationPort).isEqualTo(443);
  }

  @ParameterizedTest
  @CsvSource({"1, ''", "1, 0800", "101, ''", "0, 020000", "113, 0000000100", "276, 08000000"})
  void framesShorterThanTheirLinkLayerAreTruncated(int linkType, String frame) {
    assertThat(decoding.decode(linkType, hex(frame)).name()).startsWith("TRUNCATED_");
  }

  @Test
  void otherLinkTypesAreUnknown() {
    assertThat(decoding.decode(147, V4)).isEqualTo(UNKNOWN_LINK_TYPE);
    assertThat(decoding.decode(-1, V4)).isEqualTo(UNKNOWN_LINK_TYPE);
  }

  @Test
  void whatHoldsNoIpSaysSo() {
    byte[] arp = ethernet(0x0806, new byte[28]);
    byte[] spanningTree = ethernet(0x0026, join(hex("424203"), new byte[35]));
    byte[] netlink = join(hex("0004 0338 0000 0000000000000000 0800"), V4);
    assertThat(decoding.decode(arp)).isEqualTo(NOT_IP);
    assertThat(decoding.decode(spanningTree)).isEqualTo(NOT_IP);
    assertThat(decoding.decode(113, netlink)).isEqualTo(NOT_IP);
    assertThat(decoding.decode(0, join(hex("07000000"), V4))).isEqualTo(NOT_IP);
    assertThat(decoding.decode(101, hex("ff000000"))).isEqualTo(NOT_IP);
  }

  @Test
  void versionMustBeWhatTheLinkLayerSays() {
    assertThat(decoding.decode(ethernet(IPV4, V6))).isEqualTo(BAD_IP);
    assertThat(decoding.decode(ethernet(IPV6, V4))).isEqualTo(BAD_IP);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x8100, 0x88a8, 0x9100})
  void readsOneTag(int type) {
    assertThat(decoding.decode(ethernet(type, vlan(7, IPV4, V4)))).isEqualTo(OK);
    assertThat(decoding.headers.vlan).isEqualTo(7);
  }

  @Test
  void readsTwoTagsAndPassesOverMore() {
    byte[] inner = vlan(0xabc, 0x8100, vlan(3, IPV6, V6));
    assertThat(decoding.decode(ethernet(0x88a8, vlan(0xfff, 0x8100, inner)))).isEqualTo(OK);
    assertThat(decoding.headers.vlan).isEqualTo(0xabcfff);
    assertThat(decoding.headers.sourcePort).isEqualTo(40000);
  }

  @Test
  void aTagDoesNotOutliveItsFrame() {
    decoding.decode(ethernet(0x8100, vlan(7, IPV4, V4)));
    assertThat(decoding.decode(ethernet(IPV4, V4))).isEqualTo(OK);
    assertThat(decoding.headers.vlan).isZero();
  }

  @Test
  void endlessTagsAreTooDeep() {
    byte[] frame = vlan(1, IPV4, V4);
    for (int i = 0; i < 10; i++) {
      frame = vlan(1, 0x8100, frame);
    }
    assertThat(decoding.decode(ethernet(0x8100, frame))).isEqualTo(TOO_DEEP);
  }
}
