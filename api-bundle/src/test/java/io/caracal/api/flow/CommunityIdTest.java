package io.caracal.api.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The values that the specification's reference implementation publishes for seed 0.
 *
 * @see <a href="https://github.com/corelight/community-id-spec">the specification</a>
 */
class CommunityIdTest {
  @ParameterizedTest
  @CsvSource({
    "6, 128.232.110.120, 34855, 66.35.250.204, 80, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
    "6, 10.0.0.1, 10, 10.0.0.2, 11569, 1:SXBGMX1lBOwhhoDrZynfROxnhnM=",
    "6, 192.168.1.42, 42, 192.168.1.42, 41, 1:eRcf7I/xocOxnYo5pbJBV5NhVm0=",
    "17, 192.168.1.52, 54585, 8.8.8.8, 53, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
    "132, 192.168.170.8, 7, 192.168.170.56, 7, 1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=",
    "132, 192.168.170.8, 7, 192.168.170.56, 80, 1:jQgCxbku+pNGw8WPbEc/TS/uTpQ=",
    "1, 192.168.0.89, 8, 192.168.0.1, 0, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
    "58, fe80::200:86ff:fe05:80da, 135, fe80::260:97ff:fe07:69ea, 136,"
        + " 1:dGHyGvjMfljg6Bppwm3bg0LO8TY=",
    "58, fe80::260:97ff:fe07:69ea, 134, ff02::1, 133, 1:pkvHqCL88/tg1k4cPigmZXUtL00=",
    "46, 1.2.3.4, 0, 5.6.7.8, 0, 1:ikv3kmf89luf73WPz1jOs49S768=",
  })
  void bothDirectionsHaveThePublishedId(
      int protocol,
      String source,
      int sourcePort,
      String destination,
      int destinationPort,
      String id)
      throws UnknownHostException {
    assertThat(identity(protocol, source, sourcePort, destination, destinationPort, false))
        .extracting(FlowIdentity::communityId)
        .isEqualTo(id);
    assertThat(identity(protocol, destination, destinationPort, source, sourcePort, false))
        .extracting(FlowIdentity::communityId)
        .isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 192.168.0.89, 20, 192.168.0.1, 0, 1:3o2RFccXzUgjl7zDpqmY7yJi8rI=",
    "1, 192.168.0.89, 20, 192.168.0.1, 1, 1:tz/fHIDUHs19NkixVVoOZywde+I=",
    "58, 3ffe:507:0:1:200:86ff:fe05:80da, 3, 3ffe:507:0:1:260:97ff:fe07:69ea, 0,"
        + " 1:/OGBt9BN1ofenrmSPWYicpij2Vc=",
    "58, 3ffe:501:0:1802:260:97ff:feb6:7ff0, 3, 3ffe:507:0:1:200:86ff:fe05:80da, 0,"
        + " 1:bnQKq8A2r//dWnkRW2EYcMhShjc=",
  })
  void messagesWithoutAReplyKeepTheirDirection(
      int protocol, String source, int type, String destination, int code, String id)
      throws UnknownHostException {
    assertThat(identity(protocol, source, type, destination, code, true).communityId())
        .isEqualTo(id);
    assertThat(identity(protocol, destination, type, source, code, true).communityId())
        .isNotEqualTo(id);
  }

  private static FlowIdentity identity(
      int protocol,
      String source,
      int sourcePort,
      String destination,
      int destinationPort,
      boolean oneWay)
      throws UnknownHostException {
    ByteBuffer from = address(source);
    ByteBuffer to = address(destination);
    return new FlowIdentity(
        source.contains(":"),
        from.getLong(0),
        from.getLong(8),
        sourcePort,
        to.getLong(0),
        to.getLong(8),
        destinationPort,
        protocol,
        0,
        oneWay);
  }

  private static ByteBuffer address(String text) throws UnknownHostException {
    byte[] bytes = InetAddress.getByName(text).getAddress();
    return ByteBuffer.allocate(16).put(16 - bytes.length, bytes);
  }
}
