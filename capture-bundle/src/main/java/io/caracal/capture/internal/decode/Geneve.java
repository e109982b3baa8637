package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.TRUNCATED_TUNNEL;

import io.caracal.api.packet.DecodeResult;

/** Geneve, RFC 8926; its options are passed over. */
final class Geneve {
  private static final int LENGTH = 8;

  /** In the first 64 bits: version, and what is reserved. */
  private static final long MUST_BE_ZERO = 0xc03f_0000_0000_00ffL;

  private Geneve() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(LENGTH)) {
      return reader.nothing();
    }
    long header = reader.int64(0);
    int length = LENGTH + ((int) (header >>> 56) & 0x3f) * 4;
    if ((header & MUST_BE_ZERO) != 0 || length > reader.wireEnd - reader.at) {
      return reader.nothing();
    }
    if (!reader.has(length)) {
      return TRUNCATED_TUNNEL;
    }
    reader.tunnelId = (int) header >>> 8;
    return reader.next(length, (int) (header >>> 32) & 0xffff);
  }
}
