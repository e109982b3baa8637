package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.hex;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.join;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.udp;
import static io.caracal.capture.internal.Frames.vxlan;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.PacketHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the decoder reads of DNS messages and FTP replies, beyond the headers. */
class ApplicationTest {
  /** www.example.com, type A, class Internet. */
  private static final String QUESTION = "03 777777 07 6578616d706c65 03 636f6d 00 0001 0001";

  private static final String QUERY = "beef 0100 0001 0000 0000 0000" + QUESTION;

  /** An alias of 60 s, then two addresses of 86400 s and 1 s; names point back to the question. */
  static final byte[] ANSWER =
      hex(
          "beef 8180 0001 0003 0000 0000"
              + QUESTION
              + "c00c 0005 0001 0000003c 0006 03 637767 c010"
              + "c02d 0001 0001 00015180 0004 5db8d822"
              + "c02d 0001 0001 00000001 0004 5db8d823");

  private static final int HEADERS = 14 + 20 + 8;

  private final Decoding decoding = new Decoding();
  private final PacketHeaders headers = decoding.headers;

  @Test
  void aQueryHasItsIdAndType() {
    decode(datagram(40000, 53, hex(QUERY)));
    assertDns(0xbeef, 1, 0);
  }

  @Test
  void anAnswerHasTheLifeTimeOfItsFirstAddress() {
    decode(datagram(53, 40000, ANSWER));
    assertDns(0xbeef, 1, 86400);
  }

  @Test
  void anAnswerHasItsCodeAndAQueryHasNone() {
    decode(datagram(53, 40000, ANSWER));
    assertThat(headers.dnsResponseCode).isZero();
    decode(datagram(53, 40000, hex("beef 8183 0001 0000 0000 0000" + QUESTION)));
    assertThat(headers.dnsResponseCode).isEqualTo(3);
    decode(datagram(40000, 53, hex("beef 0103 0001 0000 0000 0000" + QUESTION)));
    assertThat(headers.dnsResponseCode).isEqualTo(-1);
  }

  @Test
  void aLifeTimeIsUnsigned() {
    String record = "c00c 0001 0001 fffffffe 0004 01020304";
    decode(datagram(53, 40000, hex("0001 8000 0001 0001 0000 0000" + QUESTION + record)));
    assertDns(1, 1, 0xffff_fffeL);
  }

  @Test
  void onlyAnAnswerHasALifeTime() {
    byte[] query = ANSWER.clone();
    query[2] = 0x01;
    decode(datagram(40000, 53, query));
    assertDns(0xbeef, 1, 0);
  }

  @Test
  void otherRecordsHaveNone() {
    String ipv6Address = "c00c 001c 0001 00000e10 0010 20010db8000000000000000000000001";
    String chaos = "c00c 0001 0003 00000e10 0004 01020304";
    decode(
        datagram(53, 40000, hex("0002 8180 0001 0002 0000 0000" + QUESTION + ipv6Address + chaos)));
    assertDns(2, 1, 0);
  }

  @Test
  void messagesOnOtherPortsAreNotLookedInto() {
    decode(datagram(40000, 5353, hex(QUERY)));
    assertDns(0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "beef 0100 0001 0000 0000", // half a header
        "beef 0100 0000 0000 0000 0000", // no question
        "beef 0100 0002 0000 0000 0000" + QUESTION, // more than one
        "beef 0100 ffff ffff ffff ffff" + QUESTION,
        "beef 0100 0001 0000 0000 0000 03 777777", // a name that does not end
        "beef 0100 0001 0000 0000 0000 3f 777777 00 0001 0001", // a label longer than the message
        "beef 0100 0001 0000 0000 0000 00 0001", // half a question
        "beef 0100 0001 0000 0000 0000 c0", // half a pointer
        "beef 0100 0001 0000 0000 0000 41 77 00 0001 0001" // a label of no known kind
      })
  void whatIsNoMessageSaysNothing(String bytes) {
    decode(datagram(40000, 53, hex(bytes)));
    assertDns(0, 0, 0);
  }

  @Test
  void aPointerThatPointsAtItselfEndsTheName() {
    decode(datagram(40000, 53, hex("0007 8100 0001 0001 0000 0000 c00c 0010 0001 c012 0001")));
    assertDns(7, 16, 0);
  }

  @Test
  void aNameIsAtMost255BytesLong() {
    String labels = "03 777777".repeat(63);
    decode(datagram(40000, 53, hex("0008 0100 0001 0000 0000 0000" + labels + "00 0001 0001")));
    assertDns(8, 1, 0);
    labels += "01 77 01 77";
    decode(datagram(40000, 53, hex("0008 0100 0001 0000 0000 0000" + labels + "00 0001 0001")));
    assertDns(0, 0, 0);
  }

  @Test
  void anAddressBehindSixteenRecordsIsNotLookedFor() {
    String alias = "c00c 0005 0001 0000003c 0002 c00c";
    String address = "c00c 0001 0001 00000e10 0004 01020304";
    String start = "0009 8180 0001 00ff 0000 0000" + QUESTION;
    decode(datagram(53, 40000, hex(start + alias.repeat(15) + address)));
    assertDns(9, 1, 3600);
    decode(datagram(53, 40000, hex(start + alias.repeat(16) + address)));
    assertDns(9, 1, 0);
  }

  @Test
  void aCutAnswerSaysWhatIsThere() {
    byte[] frame = datagram(53, 40000, ANSWER);
    int question = HEADERS + 12 + QUESTION.replace(" ", "").length() / 2;
    int address = question + 12 + 6 + 10;
    for (int length = HEADERS; length <= frame.length; length++) {
      assertThat(decoding.decodeCut(Decoding.ETHERNET, frame, length)).isEqualTo(OK);
      boolean asked = length >= question;
      assertThat(headers.truncated).isEqualTo(length < frame.length);
      assertDns(
          asked ? 0xbeef : 0, asked ? 1 : 0, length >= address + 2 ? 86400 : 0, "cut at " + length);
    }
  }

  @Test
  void thePaddingOfAFrameIsNotPartOfTheMessage() {
    byte[] packet = ipv4(UDP).carrying(udp(40000, 53, hex("beef 0100 0001 0000 0000 0000")));
    decode(ethernet(IPV4, join(packet, hex("00 0001 0001"))));
    assertDns(0, 0, 0);
  }

  @Test
  void aTunnelCarriesItsOwn() {
    byte[] inside = ethernet(IPV4, ipv4(UDP).carrying(udp(1000, 2000, new byte[20])));
    byte[] carrier = datagram(53, 4789, vxlan(0, inside));
    carrier[HEADERS + 5] = 1; // also a question, as far as the count goes
    decode(carrier);
    assertThat(headers.sourcePort).isEqualTo(1000);
    assertDns(0, 0, 0);
    decode(datagram(5000, 4789, vxlan(1, ethernet(IPV4, ipv4(UDP).carrying(udp(53, 7, ANSWER))))));
    assertDns(0xbeef, 1, 86400);
  }

  @Test
  void thePacketAfterHasNothingOfTheOneBefore() {
    decode(datagram(53, 40000, ANSWER));
    decode(segment(21, "331 Password required\r\n"));
    assertDns(0, 0, 0);
    assertThat(headers.ftpReplyCode).isEqualTo(331);
    decode(ethernet(IPV4, ipv4(99).carrying(new byte[20])));
    assertThat(headers.ftpReplyCode).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'220 Service ready', 220",
    "'230-Welcome', 230",
    "'100 ', 100",
    "'659 ', 659",
    "'530', 0",
    "'099 ', 0",
    "'700 ', 0",
    "'260 ', 0",
    "'22O ', 0",
    "'2200 ', 0",
    "' 220 ', 0",
    "'', 0",
  })
  void aReplyHasItsCode(String text, int code) {
    decode(segment(21, text));
    assertThat(headers.ftpReplyCode).isEqualTo(code);
  }

  @Test
  void onlyTheServersControlPortReplies() {
    decode(segment(2121, "220 Service ready"));
    assertThat(headers.ftpReplyCode).isZero();
  }

  @Test
  void aReplyBehindOptionsThatWereCutIsNotRead() {
    byte[] reply = "220 Service ready".getBytes(US_ASCII);
    byte[] frame = ethernet(IPV4, ipv4(TCP).carrying(tcp(21, 40000, 24, new byte[12], reply)));
    int start = 14 + 20 + 32;
    for (int length = 14 + 20 + 20; length <= frame.length; length++) {
      assertThat(decoding.decodeCut(Decoding.ETHERNET, frame, length)).isEqualTo(OK);
      assertThat(headers.ftpReplyCode).isEqualTo(length >= start + 4 ? 220 : 0);
    }
  }

  private void decode(byte[] frame) {
    assertThat(decoding.decode(frame)).isEqualTo(OK);
  }

  private static byte[] datagram(int source, int destination, byte[] message) {
    return ethernet(IPV4, ipv4(UDP).carrying(udp(source, destination, message)));
  }

  private static byte[] segment(int source, String text) {
    return ethernet(
        IPV4, ipv4(TCP).carrying(tcp(source, 40000, 24, new byte[12], text.getBytes(US_ASCII))));
  }

  private void assertDns(int id, int type, long timeToLive) {
    assertDns(id, type, timeToLive, "message");
  }

  private void assertDns(int id, int type, long timeToLive, String what) {
    assertThat(headers.dnsQueryId).as(what).isEqualTo(id);
    assertThat(headers.dnsQueryType).as(what).isEqualTo(type);
    assertThat(headers.dnsAnswerTtl).as(what).isEqualTo(timeToLive);
  }
}
