package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/** The header that steers a packet through a chain of services, RFC 8300. */
final class ServiceHeader {
  private static final int MIN_LENGTH = 8;

  private ServiceHeader() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(MIN_LENGTH)) {
      return TRUNCATED_LINK;
    }
    int length = (reader.uint8(1) & 0x3f) * 4;
    if (reader.uint8(0) >>> 6 != 0 || length < MIN_LENGTH) {
      return NOT_IP;
    }
    return reader.has(length) ? reader.next(length, type(reader.uint8(3))) : TRUNCATED_LINK;
  }

  /** The type that a next protocol stands for; VXLAN-GPE uses the same numbers. */
  static int type(int nextProtocol) {
    return switch (nextProtocol) {
      case 1 -> EtherType.IPV4;
      case 2 -> EtherType.IPV6;
      case 3 -> EtherType.ETHERNET;
      case 4 -> EtherType.SERVICE_HEADER;
      case 5 -> EtherType.MPLS;
      default -> EtherType.UNKNOWN;
    };
  }
}
