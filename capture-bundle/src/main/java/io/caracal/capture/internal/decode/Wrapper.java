package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;
import static io.caracal.api.packet.DecodeResult.UNKNOWN_LINK_TYPE;

import io.caracal.api.packet.DecodeResult;

/**
 * Headers of the capturing host that name the link type of the frame behind them, in little-endian
 * byte order.
 */
final class Wrapper {
  static final int PER_PACKET_INFORMATION = 192;
  static final int PACKET_TAP = 258;

  private Wrapper() {}

  static DecodeResult perPacketInformation(FrameReader reader) {
    return reader.has(8)
        ? inside(reader, reader.littleEndian16(2), reader.littleEndian32(4))
        : TRUNCATED_LINK;
  }

  /** What tcpdump writes on macOS. */
  static DecodeResult packetTap(FrameReader reader) {
    return reader.has(12)
        ? inside(reader, reader.littleEndian32(0), reader.littleEndian32(8))
        : TRUNCATED_LINK;
  }

  private static DecodeResult inside(FrameReader reader, int length, int linkType) {
    boolean again = linkType == PER_PACKET_INFORMATION || linkType == PACKET_TAP;
    if (again || length < 0) {
      return UNKNOWN_LINK_TYPE;
    }
    if (!reader.has(length)) {
      return TRUNCATED_LINK;
    }
    reader.at += length;
    return LinkLayer.open(linkType, reader);
  }
}
