package io.caracal.capture.internal.file;

/** Finds options of a block, all of which is there. */
final class PcapngOptions {
  static final int RESOLUTION = 9;
  static final int TIME_OFFSET = 14;
  static final int DROPPED_BY_INTERFACE = 5;
  static final int DROPPED_BY_KERNEL = 7;
  static final int DROPPED_BEFORE_PACKET = 4;

  /** Returned by {@link #find} for an option that is not there. */
  static final long NONE = -1;

  /** More than any capture can have counted. */
  private static final long IMPOSSIBLE_COUNT = 1L << 40;

  private static final int LAST = 0;
  private static final int OPTION_HEADER = 4;

  private final CaptureBytes bytes;

  PcapngOptions(CaptureBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * Finds the last option of a code and size.
   *
   * @param from where the options start, relative to the next unread byte
   * @param end where they end at the latest
   * @return where its value is, relative to the next unread byte, or {@link #NONE}
   */
  long find(long from, long end, int code, int size) {
    long found = NONE;
    long at = from;
    while (at + OPTION_HEADER <= end && bytes.uint16(at) != LAST) {
      int length = bytes.uint16(at + 2);
      if (bytes.uint16(at) == code && length == size && at + OPTION_HEADER + size <= end) {
        found = at + OPTION_HEADER;
      }
      at += OPTION_HEADER + ((length + 3) & ~3);
    }
    return found;
  }

  /**
   * Finds a 64-bit count.
   *
   * @return the count, or {@link #NONE} if it is not there or impossible
   */
  long count(long from, long end, int code) {
    long at = find(from, end, code, Long.BYTES);
    long count = at == NONE ? NONE : bytes.int64(at);
    return count < IMPOSSIBLE_COUNT ? Math.max(NONE, count) : NONE;
  }
}
