package io.caracal.feature.internal.flow;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Numbers at byte offsets outside the heap, all zero at first. Reads widen bytes and shorts without
 * sign. Every access is checked against the bounds.
 */
final class Memory {
  private final MemorySegment bytes;

  /**
   * Reserves memory; see {@link AddressSpace}.
   *
   * @param size in bytes
   */
  Memory(long size) {
    bytes = AddressSpace.reserve(size);
  }

  long getLong(long at) {
    return bytes.get(JAVA_LONG_UNALIGNED, at);
  }

  void putLong(long at, long value) {
    bytes.set(JAVA_LONG_UNALIGNED, at, value);
  }

  void addLong(long at, long value) {
    putLong(at, getLong(at) + value);
  }

  double getDouble(long at) {
    return Double.longBitsToDouble(getLong(at));
  }

  void putDouble(long at, double value) {
    putLong(at, Double.doubleToRawLongBits(value));
  }

  int getInt(long at) {
    return bytes.get(JAVA_INT_UNALIGNED, at);
  }

  void putInt(long at, int value) {
    bytes.set(JAVA_INT_UNALIGNED, at, value);
  }

  void addInt(long at, int value) {
    putInt(at, getInt(at) + value);
  }

  int getShort(long at) {
    return bytes.get(JAVA_SHORT_UNALIGNED, at) & 0xffff;
  }

  void putShort(long at, int value) {
    bytes.set(JAVA_SHORT_UNALIGNED, at, (short) value);
  }

  int getByte(long at) {
    return bytes.get(JAVA_BYTE, at) & 0xff;
  }

  void putByte(long at, int value) {
    bytes.set(JAVA_BYTE, at, (byte) value);
  }

  /** Sets longs to zero. */
  void clear(long from, long to) {
    for (long at = from; at < to; at += Long.BYTES) {
      putLong(at, 0);
    }
  }
}
