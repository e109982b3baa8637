package io.caracal.export.ipfix.internal;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.packet.PacketHeaders;
import java.nio.ByteBuffer;

/**
 * An information element of IANA's registry (RFC 7012) as a template lists it.
 *
 * @param id its number there
 * @param length bytes
 * @param reverse whether it describes the responder's direction (RFC 5103)
 * @param value writes it
 */
record Element(int id, int length, boolean reverse, Value value) {
  /** Private enterprise number that turns an element into its reverse (RFC 5103, section 6.1). */
  static final int REVERSE = 29_305;

  private static final long MILLI = 1_000_000;

  /** Writes exactly the element's length. */
  @FunctionalInterface
  interface Value {
    void put(ByteBuffer to, FlowSummary flow);
  }

  static Element of(int id, int length, Value value) {
    return new Element(id, length, false, value);
  }

  static Element reverse(int id, int length, Value value) {
    return new Element(id, length, true, value);
  }

  /** Milliseconds since 1970-01-01 UTC (dateTimeMilliseconds). */
  static long millis(long nanos) {
    return Math.floorDiv(nanos, MILLI);
  }

  /** Type and code of ICMP in one number; the code of messages that are answered is 0. */
  static short icmp(FlowIdentity who) {
    return isIcmp(who)
        ? (short) (who.sourcePort() << 8 | (who.oneWay() ? who.destinationPort() : 0))
        : 0;
  }

  static short port(FlowIdentity who, int port) {
    return isIcmp(who) ? 0 : (short) port;
  }

  private static boolean isIcmp(FlowIdentity who) {
    return who.protocol() == PacketHeaders.ICMP || who.protocol() == PacketHeaders.ICMPV6;
  }

  /** Number of flowEndReason (RFC 5102, section 5.11.3). */
  static byte endReason(FlowSummary flow) {
    return switch (flow.reason()) {
      case IDLE -> 1;
      case ACTIVE, CHECKPOINT -> 2;
      case FIN, RST -> 3;
      case END_OF_CAPTURE -> 4;
      case EVICTED -> 5;
    };
  }
}
