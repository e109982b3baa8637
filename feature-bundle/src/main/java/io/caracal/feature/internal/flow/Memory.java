package io.caracal.feature.internal.flow;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * Numbers at byte offsets outside the heap, all zero at first. Reads widen bytes and shorts without
 * sign. Every access is checked against the bounds.
 *
 * <p>Accesses go through one segment of all memory, a constant: a segment in a field would be read
 * and examined anew for nearly every access, since the compiler cannot know that it is the same.
 */
final class Memory {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** Ends every block of memory, so that an access which begins within the bounds stays in it. */
  private static final int MARGIN = Long.BYTES;

  /** Holds the memory. */
  private final MemorySegment bytes;

  private final long start;
  private final long size;

  /**
   * Reserves memory; see {@link AddressSpace}.
   *
   * @param size in bytes
   */
  Memory(long size) {
    this.size = size;
    bytes = AddressSpace.reserve(size + MARGIN);
    start = bytes.address();
  }

  private long address(long at) {
    return start + Objects.checkIndex(at, size);
  }

  long getLong(long at) {
    try {
      return ALL.get(JAVA_LONG_UNALIGNED, address(at));
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  void putLong(long at, long value) {
    try {
      ALL.set(JAVA_LONG_UNALIGNED, address(at), value);
    } finally {
      Reference.reachabilityFence(bytes);
    }
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
    try {
      return ALL.get(JAVA_INT_UNALIGNED, address(at));
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  void putInt(long at, int value) {
    try {
      ALL.set(JAVA_INT_UNALIGNED, address(at), value);
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  void addInt(long at, int value) {
    putInt(at, getInt(at) + value);
  }

  int getShort(long at) {
    try {
      return ALL.get(JAVA_SHORT_UNALIGNED, address(at)) & 0xffff;
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  void putShort(long at, int value) {
    try {
      ALL.set(JAVA_SHORT_UNALIGNED, address(at), (short) value);
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  int getByte(long at) {
    try {
      return ALL.get(JAVA_BYTE, address(at)) & 0xff;
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  void putByte(long at, int value) {
    try {
      ALL.set(JAVA_BYTE, address(at), (byte) value);
    } finally {
      Reference.reachabilityFence(bytes);
    }
  }

  /** Sets longs to zero. */
  void clear(long from, long to) {
    for (long at = from; at < to; at += Long.BYTES) {
      putLong(at, 0);
    }
  }
}
