package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/** PPP (RFC 1661 and 1662), its sessions over Ethernet (RFC 2516), and Cisco's HDLC. */
final class Ppp {
  private static final int ADDRESS_AND_CONTROL = 0xff03;
  private static final int PROTOCOL_IPV4 = 0x0021;
  private static final int PROTOCOL_IPV6 = 0x0057;
  private static final int PROTOCOL_MPLS = 0x0281;

  private static final int SESSION_LENGTH = 6;

  /** Version 1, type 1, and the code of a session's data. */
  private static final int SESSION_DATA = 0x1100;

  private static final int CISCO_LENGTH = 4;
  private static final int CISCO_UNICAST = 0x0f;
  private static final int CISCO_BROADCAST = 0x8f;

  private Ppp() {}

  /** A PPP frame, with or without address and control, its protocol compressed or not. */
  static DecodeResult open(FrameReader reader) {
    if (reader.has(2) && reader.uint16(0) == ADDRESS_AND_CONTROL) {
      reader.at += 2;
    }
    if (!reader.has(2)) {
      return TRUNCATED_LINK;
    }
    // Only the last byte of a protocol number is odd (RFC 1661, section 6.5).
    int length = (reader.uint8(0) & 1) == 1 ? 1 : 2;
    return switch (length == 1 ? reader.uint8(0) : reader.uint16(0)) {
      case PROTOCOL_IPV4 -> reader.next(length, EtherType.IPV4);
      case PROTOCOL_IPV6 -> reader.next(length, EtherType.IPV6);
      case PROTOCOL_MPLS -> reader.next(length, EtherType.MPLS);
      default -> NOT_IP;
    };
  }

  static DecodeResult session(FrameReader reader) {
    if (!reader.has(SESSION_LENGTH)) {
      return TRUNCATED_LINK;
    }
    return reader.uint16(0) == SESSION_DATA ? reader.next(SESSION_LENGTH, EtherType.PPP) : NOT_IP;
  }

  /** A serial line, which is either PPP or Cisco's HDLC. */
  static DecodeResult serial(FrameReader reader) {
    boolean cisco =
        reader.has(1) && (reader.uint8(0) == CISCO_UNICAST || reader.uint8(0) == CISCO_BROADCAST);
    return cisco ? cisco(reader) : open(reader);
  }

  static DecodeResult cisco(FrameReader reader) {
    return reader.has(CISCO_LENGTH) ? reader.next(CISCO_LENGTH, reader.uint16(2)) : TRUNCATED_LINK;
  }
}
