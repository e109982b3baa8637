package io.caracal.api.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowIdentityTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "192.168.255.254", "255.255.255.255"})
  void writesIpv4(String address) throws UnknownHostException {
    int bits = ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt();
    FlowIdentity identity =
        new FlowIdentity(false, 0, Integer.toUnsignedLong(bits), 1, 0, 0, 2, 6, 0, false);
    assertThat(identity.source()).isEqualTo(address);
  }

  /** The rules and examples of RFC 5952, sections 4 and 5. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, ::",
    "0, 1, ::1",
    "20010db800000000, 0000000000000001, 2001:db8::1",
    "20010db800000000, 0001000000000001, 2001:db8::1:0:0:1",
    "20010db800000001, 0001000100010001, 2001:db8:0:1:1:1:1:1",
    "2001000000000001, 0000000000000001, 2001:0:0:1::1",
    "20010db800000000, 0, 2001:db8::",
    "00000000000000ff, 0abc00000000000f, ::ff:abc:0:0:f",
    "0000000000000000, 00010002000300AB, ::1:2:3:ab",
    "fe80000000000000, 021122fffe334455, fe80::211:22ff:fe33:4455",
    "0, 0000ffffc0000201, ::ffff:192.0.2.1"
  })
  void writesIpv6AsRfc5952(String high, String low, String text) {
    FlowIdentity identity =
        new FlowIdentity(
            true,
            0,
            0,
            1,
            Long.parseUnsignedLong(high, 16),
            Long.parseUnsignedLong(low, 16),
            2,
            6,
            0,
            false);
    assertThat(identity.destination()).isEqualTo(text);
  }

  /** A published vector of the Community ID specification. */
  @Test
  void communityIdIsTheSameBothWays() {
    FlowIdentity forth =
        new FlowIdentity(false, 0, 0x80E86E78L, 34855, 0, 0x4223FACCL, 80, 6, 0, false);
    FlowIdentity back =
        new FlowIdentity(false, 0, 0x4223FACCL, 80, 0, 0x80E86E78L, 34855, 6, 0, false);
    assertThat(forth.communityId())
        .isEqualTo(back.communityId())
        .isEqualTo("1:LQU9qZlK+B5F3KDmev6m5PMibrg=");
  }
}
