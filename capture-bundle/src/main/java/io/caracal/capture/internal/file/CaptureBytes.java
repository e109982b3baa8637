package io.caracal.capture.internal.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A window that slides over the bytes of a source. Numbers are read relative to the next unread
 * byte, after {@link #has} said that they are there. A record that is cut by the end of the window
 * is moved to its start before more is read behind it. One thread at a time.
 */
final class CaptureBytes implements AutoCloseable {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Small enough to be still in the processor's cache when it is read. */
  private static final long CAPACITY = 256 << 10;

  /** Holds the window; stays valid until the next {@link #has} or {@link #skip}. */
  MemorySegment segment;

  /** The next unread byte in {@link #segment}. */
  long position;

  private final Arena arena = Arena.ofShared(); // opened by one thread, read by another
  private final ByteSource source;

  /** The same memory as {@link #segment}. */
  private ByteBuffer buffer;

  /** End of what is present in {@link #segment}. */
  private long limit;

  /** Bytes that lie before the first byte of {@link #segment}. */
  private long base;

  private boolean ended;

  /** Layouts are constants for the compiler's sake: the other byte order is a swap. */
  private boolean bigEndian;

  /** Reported once everything before it has been read. */
  private Optional<DamagedCapture> damage = Optional.empty();

  CaptureBytes(ByteSource source) {
    this.source = source;
    segment = arena.allocate(CAPACITY);
    buffer = segment.asByteBuffer();
  }

  void bigEndian(boolean value) {
    bigEndian = value;
  }

  /**
   * Makes the next bytes present. The window grows with what really comes, up to twice what is
   * asked for: the caller sees to it that this is reasonable.
   *
   * @return false if they are not there yet or, once {@link #ended}, never
   */
  boolean has(long bytes) throws DamagedCapture, IOException {
    return limit - position >= bytes || fill(bytes);
  }

  private boolean fill(long bytes) throws DamagedCapture, IOException {
    moveTo(segment);
    while (limit < bytes) {
      if (damage.isPresent()) {
        throw damage.get();
      }
      if (limit == segment.byteSize()) {
        moveTo(arena.allocate(2 * limit));
        buffer = segment.asByteBuffer();
      }
      buffer.limit(buffer.capacity()).position((int) limit);
      try {
        int count = source.read(buffer);
        ended = count == ByteSource.END;
        if (count <= 0) {
          return false;
        }
      } catch (DamagedCapture e) {
        damage = Optional.of(e);
      }
      limit = buffer.position();
    }
    return true;
  }

  private void moveTo(MemorySegment target) {
    MemorySegment.copy(segment, position, target, 0, limit - position);
    segment = target;
    base += position;
    limit -= position;
    position = 0;
  }

  /** Whether nothing comes after what is present. */
  boolean ended() {
    return ended;
  }

  /** Whether nothing has ever come. */
  boolean empty() {
    return base + limit == 0;
  }

  /** What a reader says that finds no whole record: the end, if it is between two records. */
  CaptureRecords.Next shortage(String unit) throws DamagedCapture {
    return ended && position == limit ? CaptureRecords.Next.END : cut(unit);
  }

  /** What a reader says that is inside a record. */
  CaptureRecords.Next cut(String unit) throws DamagedCapture {
    if (ended) {
      throw new DamagedCapture("is cut off in the middle of a " + unit);
    }
    return CaptureRecords.Next.LATER;
  }

  /**
   * Passes over bytes.
   *
   * @return how many of them are not there yet, to be passed over later
   */
  long skip(long bytes) throws DamagedCapture, IOException {
    long left = bytes;
    while (left > limit - position) {
      left -= limit - position;
      position = limit;
      long skipped = source.skip(left);
      base += skipped;
      left -= skipped;
      if (left > 0 && !fill(1)) {
        return left;
      }
    }
    position += left;
    return 0;
  }

  /** What is present and unread, to be taken from its front; then {@link #taken} must follow. */
  ByteBuffer unread() {
    return buffer.limit((int) limit).position((int) position);
  }

  /** The bytes that were taken from {@link #unread} are read. */
  void taken() {
    position = buffer.position();
  }

  /** Where in the capture the next unread byte is, after unpacking. */
  long offset() {
    return base + position;
  }

  int uint8(long at) {
    return segment.get(ValueLayout.JAVA_BYTE, position + at) & 0xff;
  }

  int uint16(long at) {
    short value = segment.get(SHORT, position + at);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xffff;
  }

  int int32(long at) {
    int value = segment.get(INT, position + at);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  long uint32(long at) {
    return int32(at) & 0xffff_ffffL;
  }

  long int64(long at) {
    long value = segment.get(LONG, position + at);
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  void await(long millis) throws InterruptedException {
    source.await(millis);
  }

  void complete() {
    source.complete();
  }

  double progress() {
    return source.progress();
  }

  @Override
  public void close() {
    source.close();
    arena.close();
  }
}
