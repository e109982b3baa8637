package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_TUNNEL;
import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TUNNEL;

import io.caracal.api.packet.DecodeResult;

/**
 * Generic Routing Encapsulation, RFC 2784 with the key and sequence number of RFC 2890, and its
 * version 1 of RFC 2637.
 */
final class Gre {
  private static final int LENGTH = 4;
  private static final int CHECKSUM = 0x8000, ROUTING = 0x4000, KEY = 0x2000, SEQUENCE = 0x1000;
  private static final int ACKNOWLEDGMENT = 0x0080;
  private static final int REDIRECT_LENGTH = 4;
  private static final int METADATA_LENGTH = 8;
  private static final int VERSION = 0x0007;

  private Gre() {}

  /** In UDP, RFC 8086: only an Ethernet type that a network carries tells it from other data. */
  static DecodeResult inDatagram(FrameReader reader) {
    boolean likely =
        reader.has(LENGTH)
            && (reader.uint16(0) & ~(CHECKSUM | KEY | SEQUENCE)) == 0
            && EtherType.isLikely(reader.uint16(2));
    return likely ? open(reader) : reader.nothing();
  }

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return TRUNCATED_TUNNEL;
    }
    int flags = reader.uint16(0);
    int type = reader.uint16(2);
    return switch (flags & VERSION) {
      case 0 -> generic(reader, flags, type);
      case 1 -> pointToPoint(reader, flags, type);
      default -> BAD_TUNNEL;
    };
  }

  private static DecodeResult generic(FrameReader reader, int flags, int type) {
    // Source routes were dropped from the protocol, and a receiver drops packets that have one.
    if ((flags & ROUTING) != 0) {
      return BAD_TUNNEL;
    }
    int keyAt = LENGTH + optional(flags, CHECKSUM);
    int sequenceAt = keyAt + optional(flags, KEY);
    int length = sequenceAt + optional(flags, SEQUENCE);
    if (!reader.has(length)) {
      return TRUNCATED_TUNNEL;
    }
    if ((flags & KEY) != 0) {
      reader.tunnelId = reader.int32(keyAt);
    }
    reader.at += length;
    return switch (type) {
      case EtherType.ERSPAN -> Erspan.open(reader, (flags & SEQUENCE) != 0);
      case EtherType.ERSPAN_III -> Erspan.third(reader);
      case EtherType.WEB_CACHE -> webCache(reader);
      case EtherType.METADATA -> metadata(reader);
      default -> type < EtherType.FIRST ? NOT_IP : reader.next(0, type);
    };
  }

  /** PPTP: the key is the length of the payload and the number of the call. */
  private static DecodeResult pointToPoint(FrameReader reader, int flags, int type) {
    if ((flags & (CHECKSUM | ROUTING | KEY)) != KEY || type != EtherType.PPP) {
      return BAD_TUNNEL;
    }
    int length = 2 * LENGTH + optional(flags, SEQUENCE) + optional(flags, ACKNOWLEDGMENT);
    if (!reader.has(length)) {
      return TRUNCATED_TUNNEL;
    }
    boolean onlyAcknowledges = (flags & SEQUENCE) == 0;
    reader.tunnelId = reader.uint16(6);
    return onlyAcknowledges ? reader.nothing() : reader.next(length, type);
  }

  /** Version 2 of the protocol has a header before the IP packet, version 1 has none. */
  private static DecodeResult webCache(FrameReader reader) {
    boolean redirected = reader.has(REDIRECT_LENGTH) && reader.uint8(0) >>> 4 != 4;
    return reader.next(redirected ? REDIRECT_LENGTH : 0, EtherType.IPV4);
  }

  /** In GRE its type stands before the metadata, in Ethernet behind them. */
  private static DecodeResult metadata(FrameReader reader) {
    return reader.has(METADATA_LENGTH)
        ? reader.next(METADATA_LENGTH, reader.uint16(0))
        : TRUNCATED_TUNNEL;
  }

  private static int optional(int flags, int flag) {
    return (flags & flag) != 0 ? 4 : 0;
  }
}
