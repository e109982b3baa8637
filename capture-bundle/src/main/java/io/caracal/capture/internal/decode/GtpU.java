package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_TUNNEL;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TUNNEL;

import io.caracal.api.packet.DecodeResult;

/**
 * The user plane of GTP version 1, 3GPP TS 29.281, section 5. Of its messages only the one with a
 * user's packet is an encapsulation.
 */
final class GtpU {
  private static final int LENGTH = 8;
  private static final int OPTIONAL_LENGTH = 4;
  private static final int MAX_EXTENSIONS = 8;

  /** Version 1, protocol type GTP, the reserved bit zero, whatever the flags; a user's packet. */
  private static final int FIRST_BITS = 0xf8ff, USER_PACKET = 0x30ff;

  private static final int HAS_OPTIONAL = 0x0700, HAS_EXTENSION = 0x0400;

  private GtpU() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return reader.nothing();
    }
    int first = reader.uint16(0);
    boolean userPacket = (first & FIRST_BITS) == USER_PACKET;
    if (!userPacket || LENGTH + reader.uint16(2) > reader.wireEnd - reader.at) {
      return reader.nothing();
    }
    reader.tunnelId = reader.int32(4);
    reader.at += LENGTH;
    if ((first & HAS_OPTIONAL) == 0) {
      return reader.nextIp();
    }
    if (!reader.has(OPTIONAL_LENGTH)) {
      return TRUNCATED_TUNNEL;
    }
    int extension = (first & HAS_EXTENSION) != 0 ? reader.uint8(3) : 0;
    reader.at += OPTIONAL_LENGTH;
    return extensions(reader, extension);
  }

  /** The length of an extension is its first byte, in units of 4; its last one is the next type. */
  private static DecodeResult extensions(FrameReader reader, int first) {
    int extension = first;
    for (int count = 0; extension != 0; count++) {
      if (!reader.has(4)) {
        return TRUNCATED_TUNNEL;
      }
      int length = reader.uint8(0) * 4;
      if (length == 0 || count == MAX_EXTENSIONS) {
        return BAD_TUNNEL;
      }
      if (!reader.has(length)) {
        return TRUNCATED_TUNNEL;
      }
      extension = reader.uint8(length - 1);
      reader.at += length;
    }
    return reader.nextIp();
  }
}
