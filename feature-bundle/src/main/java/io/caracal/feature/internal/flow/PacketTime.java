package io.caracal.feature.internal.flow;

/** Differences of packet times, which a capture may give out of order or far apart. */
final class PacketTime {
  private PacketTime() {}

  /**
   * Nanoseconds from one time to another: 0 where time goes backwards, {@link Long#MAX_VALUE} where
   * the difference does not fit.
   */
  static long between(long fromNanos, long toNanos) {
    if (toNanos <= fromNanos) {
      return 0;
    }
    long difference = toNanos - fromNanos;
    return difference < 0 ? Long.MAX_VALUE : difference;
  }

  /** A time so much later, {@link Long#MAX_VALUE} where that does not fit. */
  static long after(long nanos, long patienceNanos) {
    long later = nanos + patienceNanos;
    return later < nanos ? Long.MAX_VALUE : later;
  }

  /** A time so much earlier, {@link Long#MIN_VALUE} where that does not fit. */
  static long before(long nanos, long patienceNanos) {
    long earlier = nanos - patienceNanos;
    return earlier > nanos ? Long.MIN_VALUE : earlier;
  }
}
