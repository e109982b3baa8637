package io.caracal.core.internal.guard;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long calls take: a histogram of classes that are an eighth wide at most. Thread-safe. */
public final class Latency {
  private static final int PARTS_LOG2 = 3;
  private static final int PARTS = 1 << PARTS_LOG2;

  private final AtomicLongArray counts = new AtomicLongArray(Long.SIZE * PARTS);

  /** Counts a call. */
  public void add(long nanos) {
    counts.incrementAndGet(index(Math.max(PARTS, nanos)));
  }

  /** The calls so far, by class. */
  public long[] snapshot() {
    long[] now = new long[counts.length()];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts.get(i);
    }
    return now;
  }

  /** What 99 of 100 calls so far did not exceed, to an eighth; zero if there were none. */
  public Duration percentile99() {
    return percentile99(new long[counts.length()]);
  }

  /**
   * What 99 of 100 calls since a snapshot did not exceed, to an eighth; zero if there were none.
   */
  public Duration percentile99(long[] since) {
    long[] now = snapshot();
    long calls = 0;
    for (int i = 0; i < now.length; i++) {
      now[i] -= since[i];
      calls += now[i];
    }
    long above = calls / 100;
    for (int i = now.length - 1; calls > 0 && i >= 0; i--) {
      above -= now[i];
      if (above < 0) {
        return Duration.ofNanos(end(i));
      }
    }
    return Duration.ZERO;
  }

  private static int index(long nanos) {
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    return exponent * PARTS + (int) (nanos >>> (exponent - PARTS_LOG2)) % PARTS;
  }

  /** The first value beyond a class. */
  private static long end(int index) {
    return (long) (PARTS + index % PARTS + 1) << (index / PARTS - PARTS_LOG2);
  }
}
