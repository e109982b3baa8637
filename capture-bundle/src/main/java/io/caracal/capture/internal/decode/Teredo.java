package io.caracal.capture.internal.decode;

import io.caracal.api.packet.DecodeResult;

/**
 * IPv6 in UDP, RFC 4380, after an optional authentication header and origin indication. There is no
 * header of its own that could be checked, so it is one only if the IPv6 packet has the length that
 * the datagram has room for.
 */
final class Teredo {
  private static final int INDICATOR_LENGTH = 4;
  private static final int ORIGIN = 0x0000, AUTHENTICATION = 0x0001;
  private static final int ORIGIN_LENGTH = 8;

  /** Lengths of identifier and value, then the nonce of 8 bytes and the confirmation byte. */
  private static final int AUTHENTICATION_LENGTH = INDICATOR_LENGTH + 8 + 1;

  private Teredo() {}

  static DecodeResult open(FrameReader reader) {
    if (reader.has(INDICATOR_LENGTH) && reader.uint16(0) == AUTHENTICATION) {
      reader.at += AUTHENTICATION_LENGTH + reader.uint8(2) + reader.uint8(3);
    }
    if (reader.has(ORIGIN_LENGTH) && reader.uint16(0) == ORIGIN) {
      reader.at += ORIGIN_LENGTH;
    }
    boolean packet =
        reader.has(Ipv6Header.LENGTH)
            && reader.uint8(0) >>> 4 == 6
            && Ipv6Header.LENGTH + reader.uint16(4) <= reader.wireEnd - reader.at;
    return packet ? reader.next(0, EtherType.IPV6) : reader.nothing();
  }
}
