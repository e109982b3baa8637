package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_TUNNEL;
import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TUNNEL;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;

/** Frames that a switch mirrors in GRE, as the Internet draft "foschiano-erspan" describes. */
final class Erspan {
  private static final int LENGTH_II = 8;
  private static final int VERSION_II = 1;
  private static final int LENGTH_III = 12;
  private static final int VERSION_III = 2;
  private static final int SUBHEADER_LENGTH = 8;
  private static final int ETHERNET = 0, IP = 2;

  private Erspan() {}

  /** Type I is the frame without a header of its own; only type II is numbered by GRE. */
  static DecodeResult open(FrameReader reader, boolean sequenced) {
    reader.carries = Encapsulation.ERSPAN;
    if (!sequenced) {
      return reader.next(0, EtherType.ETHERNET);
    }
    if (!reader.has(LENGTH_II)) {
      return TRUNCATED_TUNNEL;
    }
    if (reader.uint8(0) >>> 4 != VERSION_II) {
      return BAD_TUNNEL;
    }
    reader.tunnelId = session(reader);
    return reader.next(LENGTH_II, EtherType.ETHERNET);
  }

  /** Type III has a time stamp, and a part that depends on the switch. */
  static DecodeResult third(FrameReader reader) {
    reader.carries = Encapsulation.ERSPAN;
    if (!reader.has(LENGTH_III)) {
      return TRUNCATED_TUNNEL;
    }
    if (reader.uint8(0) >>> 4 != VERSION_III) {
      return BAD_TUNNEL;
    }
    reader.tunnelId = session(reader);
    int last = reader.uint16(10);
    int length = (last & 1) != 0 ? LENGTH_III + SUBHEADER_LENGTH : LENGTH_III;
    if (!reader.has(length)) {
      return TRUNCATED_TUNNEL;
    }
    reader.at += length;
    return switch (last >>> 10 & 0x1f) {
      case ETHERNET -> reader.next(0, EtherType.ETHERNET);
      case IP -> reader.nextIp();
      default -> NOT_IP;
    };
  }

  private static int session(FrameReader reader) {
    return reader.uint16(2) & 0x3ff;
  }
}
