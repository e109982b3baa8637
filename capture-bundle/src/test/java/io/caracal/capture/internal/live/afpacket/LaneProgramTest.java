package io.caracal.capture.internal.live.afpacket;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.capture.internal.Frames;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneProgramTest {
  private static final int HOSTS = 20_000;

  private final BpfMachine ethernet = new BpfMachine(LaneProgram.ethernet(), 14);
  private final BpfMachine rawIp = new BpfMachine(LaneProgram.rawIp(), 0);
  private final Random random = new Random(1);

  @Test
  void bothDirectionsMeetWhateverIsInside() {
    for (int i = 0; i < 1000; i++) {
      byte[] one = address(4);
      byte[] other = address(4);
      long lane = ethernet.run(Frames.ethernet(Frames.IPV4, ipv4(one, other, 40)));
      assertThat(ethernet.run(Frames.ethernet(Frames.IPV4, ipv4(other, one, 1400))))
          .isEqualTo(lane);
      byte[] long1 = address(16);
      byte[] long2 = address(16);
      long lane6 = ethernet.run(Frames.ethernet(Frames.IPV6, ipv6(long1, long2)));
      assertThat(ethernet.run(Frames.ethernet(Frames.IPV6, ipv6(long2, long1)))).isEqualTo(lane6);
    }
  }

  @Test
  void tagsAndTheLinkLayerMakeNoDifference() {
    byte[] ip = ipv4(address(4), address(4), 60);
    byte[] ip6 = ipv6(address(16), address(16));
    long lane = ethernet.run(Frames.ethernet(Frames.IPV4, ip));
    long lane6 = ethernet.run(Frames.ethernet(Frames.IPV6, ip6));
    assertThat(rawIp.run(ip)).isEqualTo(lane);
    assertThat(rawIp.run(ip6)).isEqualTo(lane6);
    for (int type : new int[] {0x8100, 0x88a8, 0x9100}) {
      byte[] tag = Frames.vlan(7, Frames.IPV4, ip);
      assertThat(ethernet.run(Frames.ethernet(type, tag))).isEqualTo(lane);
      byte[] twice = Frames.vlan(8, type, Frames.vlan(9, Frames.IPV6, ip6));
      assertThat(ethernet.run(Frames.ethernet(type, twice))).isEqualTo(lane6);
    }
  }

  @Test
  void whatIsNotIpOrCutShortGoesToTheFirstLane() {
    assertThat(ethernet.run(Frames.ethernet(0x0806, new byte[46]))).isZero();
    assertThat(ethernet.run(Frames.ethernet(Frames.IPV4, new byte[18]))).isZero();
    assertThat(ethernet.run(new byte[10])).isZero();
    assertThat(rawIp.run(new byte[60])).isZero();
  }

  /** Neighbours in one network are the usual case, and a sum or a difference alone would pair. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8, 12})
  void hostsAreSpreadEvenly(int lanes) {
    int[] counts = new int[lanes];
    int[] counts6 = new int[lanes];
    byte[] server = {10, 0, 0, 1};
    byte[] prefix = Frames.hex("20010db8 00000000 00000000 00000001");
    for (int i = 0; i < HOSTS; i++) {
      byte[] client = {10, 0, (byte) (i >> 8), (byte) i};
      byte[] client6 = ByteBuffer.wrap(prefix.clone()).putInt(12, i).array();
      counts[(int) (rawIp.run(ipv4(client, server, 40)) % lanes)]++;
      counts6[(int) (rawIp.run(ipv6(client6, prefix)) % lanes)]++;
    }
    int share = HOSTS / lanes;
    for (int lane = 0; lane < lanes; lane++) {
      assertThat(counts[lane]).isBetween(share * 9 / 10, share * 11 / 10);
      assertThat(counts6[lane]).isBetween(share * 9 / 10, share * 11 / 10);
    }
  }

  private byte[] address(int bytes) {
    byte[] address = new byte[bytes];
    random.nextBytes(address);
    return address;
  }

  private static byte[] ipv4(byte[] source, byte[] destination, int length) {
    return ByteBuffer.allocate(length)
        .put(0, (byte) 0x45)
        .put(12, source)
        .put(16, destination)
        .array();
  }

  private static byte[] ipv6(byte[] source, byte[] destination) {
    return ByteBuffer.allocate(80).put(0, (byte) 0x60).put(8, source).put(24, destination).array();
  }
}
