package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/** Ethernet, and the VLAN tags of IEEE 802.1Q and its forerunners. */
final class Ethernet {
  static final int LENGTH = 14;
  private static final int TAG_LENGTH = 4;

  private Ethernet() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return TRUNCATED_LINK;
    }
    return reader.next(LENGTH, reader.uint16(12));
  }

  /** Within another packet: the tags are its own. */
  static DecodeResult inside(FrameReader reader) {
    reader.vlan = 0;
    reader.tags = 0;
    return open(reader);
  }

  /** A tag, of which the type stands in the layer before. */
  static DecodeResult tag(FrameReader reader) {
    if (!reader.has(TAG_LENGTH)) {
      return TRUNCATED_LINK;
    }
    int id = reader.uint16(0) & 0xfff;
    // Tags beyond the second are passed over.
    if (reader.tags < 2) {
      reader.vlan |= id << (12 * reader.tags);
      reader.tags++;
    }
    return reader.next(TAG_LENGTH, reader.uint16(2));
  }

  /** Whether the type of an Ethernet header at this offset is one that a network carries. */
  static boolean isLikely(FrameReader reader, int offset) {
    return reader.has(offset + LENGTH) && EtherType.isLikely(reader.uint16(offset + 12));
  }
}
