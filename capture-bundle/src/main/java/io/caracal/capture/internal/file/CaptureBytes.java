package io.caracal.capture.internal.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A window that slides over the bytes of a capture. Numbers are read relative to the next unread
 * byte, after {@link #has} said that they are there. One thread at a time.
 */
abstract sealed class CaptureBytes implements AutoCloseable permits MappedBytes, UnpackedBytes {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The memory that holds the window; stays valid until the next {@link #has} or {@link #skip}. */
  MemorySegment segment;

  /** The next unread byte in {@link #segment}. */
  long position;

  /** The end of what is present in {@link #segment}. */
  long limit;

  /** Bytes of the capture that lie before the first byte of {@link #segment}. */
  long base;

  /** Layouts are constants for the compiler's sake: the other byte order is a swap. */
  private boolean bigEndian;

  CaptureBytes(MemorySegment segment, long limit) {
    this.segment = segment;
    this.limit = limit;
  }

  final void bigEndian(boolean value) {
    bigEndian = value;
  }

  /**
   * Makes the next bytes present.
   *
   * @return false if the capture ends before
   */
  final boolean has(long bytes) throws DamagedCapture {
    return limit - position >= bytes || fill(bytes);
  }

  /** Whether everything has been read. */
  final boolean exhausted() throws DamagedCapture {
    return !has(1);
  }

  /**
   * Passes over bytes.
   *
   * @return false if the capture ends before
   */
  final boolean skip(long bytes) throws DamagedCapture {
    long left = bytes;
    while (left > limit - position) {
      left -= limit - position;
      position = limit;
      if (!fill(1)) {
        return false;
      }
    }
    position += left;
    return true;
  }

  /** Where in the capture the next unread byte is, after unpacking. */
  final long offset() {
    return base + position;
  }

  final int uint16(long at) {
    short value = segment.get(SHORT, position + at);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
  }

  final int int32(long at) {
    int value = segment.get(INT, position + at);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  final long uint32(long at) {
    return int32(at) & 0xffff_ffffL;
  }

  final long int64(long at) {
    long value = segment.get(LONG, position + at);
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  final int uint8(long at) {
    return segment.get(ValueLayout.JAVA_BYTE, position + at) & 0xff;
  }

  /**
   * Fetches more, so that at least {@code bytes} unread ones are present; may move the window.
   *
   * @throws DamagedCapture if the compressed data are damaged
   */
  abstract boolean fill(long bytes) throws DamagedCapture;

  /** The part of the file that has been read, 0 to 1. */
  abstract double progress();

  /** What {@link #offset} counts: bytes of the file, or of what it unpacks to. */
  abstract String unit();

  @Override
  public abstract void close();
}
