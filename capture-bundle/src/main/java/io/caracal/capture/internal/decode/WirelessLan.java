package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/**
 * IEEE 802.11 as a monitoring card sees it. Data frames that are not encrypted hold IEEE 802.2; of
 * several packets aggregated into one frame none is read.
 */
final class WirelessLan {
  private static final int RADIOTAP_LENGTH = 8;
  private static final int HEADER_LENGTH = 24;

  /** In the first byte: type data, and the bits of its subtypes. */
  private static final int VERSION_AND_TYPE = 0x0f, DATA = 0x08, NO_DATA = 0x40, QUALITY = 0x80;

  /** In the second byte; between two access points a fourth address follows. */
  private static final int BETWEEN_ACCESS_POINTS = 0x03, ENCRYPTED = 0x40, ORDER = 0x80;

  private static final int AGGREGATED = 0x80;
  private static final int FRAGMENT_NUMBER = 0x0f;

  private WirelessLan() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(2)) {
      return TRUNCATED_LINK;
    }
    int control = reader.uint8(0);
    int flags = reader.uint8(1);
    if ((control & VERSION_AND_TYPE) != DATA
        || (control & NO_DATA) != 0
        || (flags & ENCRYPTED) != 0) {
      return NOT_IP;
    }
    int length = HEADER_LENGTH;
    if ((flags & BETWEEN_ACCESS_POINTS) == BETWEEN_ACCESS_POINTS) {
      length += 6;
    }
    boolean quality = (control & QUALITY) != 0;
    if (!reader.has(length + (quality ? 2 : 0))) {
      return TRUNCATED_LINK;
    }
    if ((reader.uint8(22) & FRAGMENT_NUMBER) != 0
        || (quality && (reader.uint8(length) & AGGREGATED) != 0)) {
      return NOT_IP;
    }
    if (quality) {
      length += (flags & ORDER) != 0 ? 6 : 2;
    }
    return reader.next(length, EtherType.LLC);
  }

  /** The same after what the card says of the reception, in little-endian byte order. */
  static DecodeResult radiotap(FrameReader reader) {
    if (!reader.has(RADIOTAP_LENGTH)) {
      return TRUNCATED_LINK;
    }
    int length = reader.littleEndian16(2);
    if (reader.uint8(0) != 0 || length < RADIOTAP_LENGTH) {
      return NOT_IP;
    }
    reader.at += length;
    return open(reader);
  }
}
