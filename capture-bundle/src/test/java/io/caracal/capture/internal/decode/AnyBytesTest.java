package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.capture.internal.Frames.IPV4;
import static io.caracal.capture.internal.Frames.IPV6;
import static io.caracal.capture.internal.Frames.TCP;
import static io.caracal.capture.internal.Frames.UDP;
import static io.caracal.capture.internal.Frames.ethernet;
import static io.caracal.capture.internal.Frames.hex;
import static io.caracal.capture.internal.Frames.icmp;
import static io.caracal.capture.internal.Frames.ipv4;
import static io.caracal.capture.internal.Frames.ipv6;
import static io.caracal.capture.internal.Frames.join;
import static io.caracal.capture.internal.Frames.sctp;
import static io.caracal.capture.internal.Frames.tcp;
import static io.caracal.capture.internal.Frames.udp;
import static io.caracal.capture.internal.Frames.vlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, decoding neither throws nor reads outside the frame. */
class AnyBytesTest {
  private static final int[] LINK_TYPES = {
    0, 1, 9, 10, 12, 14, 50, 51, 101, 104, 105, 107, 108, 113, 127, 192, 228, 229, 239, 258, 276
  };
  private static final byte[] PAYLOAD = new byte[20];

  private static final class Sample {
    private final int linkType;
    private final byte[] frame;

    Sample(int linkType, byte[] frame) {
      this.linkType = linkType;
      this.frame = frame;
    }

    @Override
    public String toString() {
      return "link type " + linkType + ", " + frame.length + " bytes";
    }
  }

  static List<Sample> samples() {
    Stream<Sample> layers =
        LayersTest.layers().map(layer -> new Sample(1, (byte[]) layer.get()[1]));
    Stream<Sample> tunnels =
        TunnelsTest.tunnels().map(tunnel -> new Sample(1, (byte[]) tunnel.get()[1]));
    return Stream.of(plain().stream(), layers, tunnels).flatMap(all -> all).toList();
  }

  private static List<Sample> plain() {
    byte[] options = new byte[12];
    byte[] v4 = ipv4(TCP).options(8).carrying(tcp(1, 2, 24, options, PAYLOAD));
    byte[] chain =
        ipv6(UDP)
            .extension(0, 16)
            .extension(43, 24)
            .authentication(16)
            .fragment(9, 0, true)
            .extension(60, 8)
            .carrying(udp(1, 2, PAYLOAD));
    return List.of(
        new Sample(1, ethernet(IPV4, v4)),
        new Sample(1, ethernet(0x88a8, vlan(1, 0x8100, vlan(2, IPV4, v4)))),
        new Sample(1, ethernet(60, join(hex("aaaa030000000800"), v4))),
        new Sample(1, ethernet(IPV6, chain)),
        new Sample(1, ethernet(IPV4, ipv4(1).carrying(icmp(8, 0, PAYLOAD)))),
        new Sample(1, ethernet(IPV6, ipv6(58).carrying(icmp(135, 0, PAYLOAD)))),
        new Sample(1, ethernet(IPV4, ipv4(UDP).carrying(udp(53, 2, ApplicationTest.ANSWER)))),
        new Sample(
            1, ethernet(IPV4, ipv4(TCP).carrying(tcp(21, 2, 24, hex("323230207e0d0a212223"))))),
        new Sample(1, ethernet(IPV4, ipv4(132).carrying(sctp(1, 2, PAYLOAD)))),
        new Sample(0, join(hex("02000000"), v4)),
        new Sample(108, join(hex("0000001e"), chain)),
        new Sample(101, v4),
        new Sample(12, chain),
        new Sample(228, v4),
        new Sample(229, chain),
        new Sample(113, join(hex("0000 0001 0006 020000000001 0000 0800"), v4)),
        new Sample(276, join(hex("86dd 0000 00000002 0001 00 06 020000000001 0000"), chain)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aCutFrameIsTruncatedUntilItsHeadersAreThere(Sample sample) {
    Decoding decoding = new Decoding();
    boolean whole = false;
    int depth = 0;
    for (int length = 0; length <= sample.frame.length; length++) {
      DecodeResult result = decoding.decodeCut(sample.linkType, sample.frame, length);
      if (result != OK) {
        assertThat(result.name()).as("cut at %d", length).startsWith("TRUNCATED_");
      }
      assertThat(result == OK || !whole).as("more bytes decode no less, at %d", length).isTrue();
      whole = result == OK;
      if (whole && decoding.headers.inner != OK) {
        assertThat(decoding.headers.inner.name()).as("cut at %d", length).startsWith("TRUNCATED_");
      }
      if (whole) {
        assertThat(decoding.headers.tunnelDepth).isGreaterThanOrEqualTo(depth);
        depth = decoding.headers.tunnelDepth;
      }
    }
    assertThat(whole).isTrue();
    assertThat(decoding.headers.inner).isEqualTo(OK);
    assertThat(decoding.headers.payloadLength).isGreaterThanOrEqualTo(10);
  }

  @Test
  void mutatedFramesNeverThrow() {
    Random random = new Random(20261122);
    Decoding decoding = new Decoding();
    List<Sample> samples = samples();
    Set<DecodeResult> seen = EnumSet.noneOf(DecodeResult.class);
    Set<DecodeResult> inner = EnumSet.noneOf(DecodeResult.class);
    for (int round = 0; round < 200_000; round++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] frame = sample.frame.clone();
      for (int change = random.nextInt(6); change >= 0; change--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
      }
      int linkType =
          random.nextInt(8) == 0 ? LINK_TYPES[random.nextInt(LINK_TYPES.length)] : sample.linkType;
      int captured = random.nextBoolean() ? frame.length : random.nextInt(frame.length + 1);
      DecodeResult result = decoding.decodeCut(linkType, frame, captured);
      seen.add(result);
      if (result == OK) {
        assertConsistent(decoding);
        inner.add(decoding.headers.inner);
      }
    }
    assertThat(seen)
        .containsAll(
            EnumSet.complementOf(
                EnumSet.of(
                    DecodeResult.TOO_DEEP,
                    DecodeResult.TRUNCATED_TUNNEL,
                    DecodeResult.BAD_TUNNEL)));
    assertThat(inner)
        .containsAll(
            EnumSet.complementOf(
                EnumSet.of(DecodeResult.UNKNOWN_LINK_TYPE, DecodeResult.TOO_DEEP)));
  }

  @Test
  void noiseNeverThrows() {
    Random random = new Random(7);
    Decoding decoding = new Decoding();
    for (int round = 0; round < 100_000; round++) {
      byte[] frame = new byte[random.nextInt(120)];
      random.nextBytes(frame);
      int linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];
      if (decoding.decode(linkType, frame) == OK) {
        assertConsistent(decoding);
      }
    }
  }

  private static void assertConsistent(Decoding decoding) {
    var headers = decoding.headers;
    boolean consistent =
        headers.payloadLength >= 0
            && headers.ipHeaderLength >= 20
            && headers.ipLength
                == headers.ipHeaderLength + headers.transportHeaderLength + headers.payloadLength
            && headers.sourcePort >>> 16 == 0
            && headers.destinationPort >>> 16 == 0
            && headers.vlan >>> 24 == 0
            && headers.tunnelDepth <= 4
            && headers.dnsQueryId >>> 16 == 0
            && headers.dnsQueryType >>> 16 == 0
            && headers.dnsAnswerTtl >>> 32 == 0
            && headers.dnsResponseCode >= -1
            && headers.dnsResponseCode <= 15
            && (headers.ftpReplyCode == 0
                || (headers.ftpReplyCode >= 100 && headers.ftpReplyCode <= 659))
            && (headers.tunnelDepth == 0) == (headers.encapsulation == Encapsulation.NONE);
    assertThat(consistent).isTrue();
  }
}
