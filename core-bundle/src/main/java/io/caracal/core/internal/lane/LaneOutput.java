package io.caracal.core.internal.lane;

/**
 * What the lanes work for. Everything comes in the order of packet time, from the thread of any
 * lane, one call at a time.
 */
public interface LaneOutput extends ScoredBatch.Listener {
  /** Every row written before this packet time was taken. */
  default void onTime(long nanos) {}

  /** The capture is over; {@code nanos} is its last packet time. */
  default void onEnd(long nanos) {}

  /** Packet time from which the lanes' counters should be up to date. */
  default long countersDue() {
    return Long.MAX_VALUE;
  }
}
