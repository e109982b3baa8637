package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/**
 * A stack of MPLS labels, RFC 3032. Nothing in it says what it carries: that is told from the first
 * bytes, as routers do to spread load (RFC 4928). IP of version 4 or 6, or a pseudowire with
 * Ethernet (RFC 4448) with or without its control word, of which the first four bits are zero.
 */
final class Mpls {
  private static final int LABEL_LENGTH = 4;
  private static final int BOTTOM_OF_STACK = 0x100;
  private static final int MAX_LABELS = 16;
  private static final int CONTROL_WORD_LENGTH = 4;

  private Mpls() {}

  static DecodeResult open(FrameReader reader) {
    for (int label = 0; label < MAX_LABELS; label++) {
      if (!reader.has(LABEL_LENGTH)) {
        return TRUNCATED_LINK;
      }
      boolean bottom = (reader.int32(0) & BOTTOM_OF_STACK) != 0;
      reader.at += LABEL_LENGTH;
      if (bottom) {
        return payload(reader);
      }
    }
    return TOO_DEEP;
  }

  private static DecodeResult payload(FrameReader reader) {
    if (!reader.has(1)) {
      return TRUNCATED_LINK;
    }
    int version = reader.uint8(0) >>> 4;
    boolean ethernet = Ethernet.isLikely(reader, 0);
    if (version == 4 && (!ethernet || fits(reader, 0, 2))) {
      return reader.next(0, EtherType.IPV4);
    }
    if (version == 6 && (!ethernet || fits(reader, Ipv6Header.LENGTH, 4))) {
      return reader.next(0, EtherType.IPV6);
    }
    if (ethernet) {
      return reader.next(0, EtherType.ETHERNET);
    }
    if (version == 0 && Ethernet.isLikely(reader, CONTROL_WORD_LENGTH)) {
      return reader.next(CONTROL_WORD_LENGTH, EtherType.ETHERNET);
    }
    return reader.has(CONTROL_WORD_LENGTH + Ethernet.LENGTH) ? NOT_IP : TRUNCATED_LINK;
  }

  /** Whether an IP header's length is one that the frame has room for. */
  private static boolean fits(FrameReader reader, int more, int lengthAt) {
    return reader.uint16(lengthAt) + more <= reader.wireEnd - reader.at;
  }
}
