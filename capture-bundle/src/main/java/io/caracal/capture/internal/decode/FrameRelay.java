package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/** Frame Relay with multiprotocol encapsulation (RFC 2427), or with a bare Ethernet type. */
final class FrameRelay {
  private static final int MAX_ADDRESS = 4;
  private static final int LAST_OF_ADDRESS = 1;
  private static final int UNNUMBERED = 0x03;
  private static final int IPV4 = 0xcc;
  private static final int IPV6 = 0x8e;

  private FrameRelay() {}

  static DecodeResult open(FrameReader reader) {
    int length = 0;
    do {
      if (length == MAX_ADDRESS) {
        return NOT_IP;
      }
      if (!reader.has(length + 3)) {
        return TRUNCATED_LINK;
      }
      length++;
    } while ((reader.uint8(length - 1) & LAST_OF_ADDRESS) == 0);
    if (reader.uint8(length) != UNNUMBERED) {
      return reader.next(length + 2, reader.uint16(length));
    }
    return switch (reader.uint8(length + 1)) {
      case IPV4 -> reader.next(length + 2, EtherType.IPV4);
      case IPV6 -> reader.next(length + 2, EtherType.IPV6);
      default -> NOT_IP;
    };
  }
}
