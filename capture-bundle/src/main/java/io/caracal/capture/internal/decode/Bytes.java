package io.caracal.capture.internal.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads of network byte order at any alignment. The caller has checked the bounds. */
final class Bytes {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static int uint8(MemorySegment segment, long at) {
    return segment.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  static int uint16(MemorySegment segment, long at) {
    return segment.get(SHORT, at) & 0xffff;
  }

  static int int32(MemorySegment segment, long at) {
    return segment.get(INT, at);
  }

  static long uint32(MemorySegment segment, long at) {
    return segment.get(INT, at) & 0xffff_ffffL;
  }

  static long int64(MemorySegment segment, long at) {
    return segment.get(LONG, at);
  }
}
