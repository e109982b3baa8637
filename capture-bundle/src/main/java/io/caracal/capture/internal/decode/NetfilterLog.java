package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/**
 * Packets that a Linux firewall logs: attributes in the byte order of that host, taken to be
 * little-endian, of which one is the packet.
 */
final class NetfilterLog {
  private static final int LENGTH = 4;
  private static final int PAYLOAD = 9;
  private static final int FAMILY_IPV4 = 2;
  private static final int FAMILY_IPV6 = 10;

  private NetfilterLog() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return TRUNCATED_LINK;
    }
    int family = reader.uint8(0);
    reader.at += LENGTH;
    while (reader.has(LENGTH)) {
      int length = reader.littleEndian16(0);
      int type = reader.littleEndian16(2) & 0x7fff;
      if (length < LENGTH) {
        return NOT_IP;
      }
      if (type == PAYLOAD) {
        return switch (family) {
          case FAMILY_IPV4 -> reader.next(LENGTH, EtherType.IPV4);
          case FAMILY_IPV6 -> reader.next(LENGTH, EtherType.IPV6);
          default -> NOT_IP;
        };
      }
      reader.at += (length + 3) & ~3;
    }
    return TRUNCATED_LINK;
  }
}
