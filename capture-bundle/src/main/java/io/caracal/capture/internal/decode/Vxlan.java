package io.caracal.capture.internal.decode;

import io.caracal.api.packet.DecodeResult;

/**
 * VXLAN, RFC 7348, also with the group policy that Linux and some switches add to it, and the
 * Generic Protocol Extension of the Internet draft "ietf-nvo3-vxlan-gpe". Only a header of which
 * all reserved bits are zero is taken for one.
 */
final class Vxlan {
  private static final int LENGTH = 8;
  private static final int INSTANCE = 0x0800_0000;
  private static final int GROUP_POLICY = 0x8000_0000;

  /** The bits that may be set with {@link #GROUP_POLICY}. */
  private static final int GROUP_BITS = 0x8048_ffff;

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
    int reserved = (flags & GROUP_POLICY) != 0 ? ~GROUP_BITS : ~0;
    return (flags & reserved) == INSTANCE ? instance(reader, EtherType.ETHERNET) : reader.nothing();
  }

  static DecodeResult generic(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return reader.nothing();
    }
    int flags = reader.int32(0);
    if ((flags & (GENERIC_RESERVED | INSTANCE)) != INSTANCE || (flags & MAINTENANCE) != 0) {
      return reader.nothing();
    }
    boolean typed = (flags & NEXT_PROTOCOL) != 0;
    return instance(reader, typed ? ServiceHeader.type(flags & 0xff) : EtherType.ETHERNET);
  }

  private static DecodeResult instance(FrameReader reader, int type) {
    int network = reader.int32(4);
    if ((network & 0xff) != 0) {
      return reader.nothing();
    }
    reader.tunnelId = network >>> 8;
    return reader.next(LENGTH, type);
  }
}
