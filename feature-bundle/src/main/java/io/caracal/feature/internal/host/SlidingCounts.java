package io.caracal.feature.internal.host;

/**
 * How often each key came within a window of time that slides with every event. Counters are found
 * by 16 bits of a key's hash, so that two of them share one now and then; a ring remembers what to
 * take off again, and when it is full, with 262,144 events, the oldest leaves the window early.
 */
final class SlidingCounts {
  private static final int BITS = 16;
  private static final int SIZE = 1 << 18;

  private final long windowNanos;
  private final int[] counters = new int[1 << BITS];
  private final long[] times = new long[SIZE];
  private final char[] events = new char[SIZE];
  private int first;
  private int size;

  SlidingCounts(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /** Moves the window; what is older than its length is no longer counted. */
  void advance(long now) {
    while (size > 0 && now - times[first] > windowNanos) {
      drop();
    }
  }

  /** Counts an event at the present. */
  void add(long key, long now) {
    if (size == SIZE) {
      drop();
    }
    int at = first + size & SIZE - 1;
    int counter = counter(key);
    times[at] = now;
    events[at] = (char) counter;
    counters[counter]++;
    size++;
  }

  int count(long key) {
    return counters[counter(key)];
  }

  private void drop() {
    counters[events[first]]--;
    first = first + 1 & SIZE - 1;
    size--;
  }

  private static int counter(long key) {
    return (int) (key >>> -BITS);
  }
}
