package io.caracal.capture.internal.decode;

import io.caracal.api.packet.DecodeResult;

/**
 * VXLAN, RFC 7348, and its Generic Protocol Extension of the Internet draft "ietf-nvo3-vxlan-gpe".
 * Senders use the reserved bits for extensions, and a receiver has to ignore them: where one is
 * set, the frame inside must be one that a network carries, so that the port alone makes no VXLAN.
 */
final class Vxlan {
  private static final int LENGTH = 8;
  private static final int INSTANCE = 0x0800_0000;
  private static final int NEXT_PROTOCOL = 0x0400_0000;

  /** Version, and all else that is not known; the last 8 bits are the next protocol. */
  private static final int GENERIC_RESERVED = 0xf0ff_ff00;

  private static final int MAINTENANCE = 0x0100_0000;

  private Vxlan() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return reader.nothing();
    }
    int flags = reader.int32(0);
    int network = reader.int32(4);
    boolean plain = flags == INSTANCE && (network & 0xff) == 0;
    if (!plain && ((flags & INSTANCE) == 0 || !Ethernet.isLikely(reader, LENGTH))) {
      return reader.nothing();
    }
    reader.tunnelId = network >>> 8;
    return reader.next(LENGTH, EtherType.ETHERNET);
  }

  static DecodeResult generic(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return reader.nothing();
    }
    int flags = reader.int32(0);
    int network = reader.int32(4);
    if ((flags & (GENERIC_RESERVED | INSTANCE | MAINTENANCE)) != INSTANCE
        || (network & 0xff) != 0) {
      return reader.nothing();
    }
    boolean typed = (flags & NEXT_PROTOCOL) != 0;
    reader.tunnelId = network >>> 8;
    return reader.next(LENGTH, typed ? ServiceHeader.type(flags & 0xff) : EtherType.ETHERNET);
  }
}
