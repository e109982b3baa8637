package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.ACTIVE_AT;

/**
 * Open flows by the time of their last activity, in buckets of a tick, at most as many as the idle
 * timeout has ticks. Rescheduling is lazy: a packet writes the time into its flow and nothing here;
 * a flow that comes due is filed again if it was active since. So flows come due a tick late at
 * most.
 *
 * @see <a href="https://doi.org/10.1145/37499.37504">Varghese and Lauck 1987, scheme 6</a>
 */
final class TimerWheel {
  private static final int BUCKETS = 1024;

  /** An idle timeout has fewer ticks; the rest is room for flows that come due late. */
  private static final int MOST_TICKS = BUCKETS - 4;

  private final FlowMemory flows;
  private final FlowLists lists;
  private final int firstList;
  private final int tickBits;
  private int size;

  /** No flow is filed under an earlier tick; means nothing while there is none. */
  private long firstTick;

  /**
   * An empty wheel.
   *
   * @param firstList its first list of {@link #BUCKETS}
   */
  TimerWheel(FlowMemory flows, FlowLists lists, int firstList, long idleNanos) {
    this.flows = flows;
    this.lists = lists;
    this.firstList = firstList;
    tickBits = Long.SIZE - Long.numberOfLeadingZeros(idleNanos / MOST_TICKS);
  }

  /** Lists that a wheel needs. */
  static int lists() {
    return BUCKETS;
  }

  /** Files an open flow under its last activity, which is later than that of all others. */
  void file(int slot) {
    long tick = tick(slot);
    if (size++ == 0) {
      firstTick = tick;
    }
    lists.move(slot, list(tick));
  }

  /** Whether an open flow is filed here. */
  boolean holds(int slot) {
    return lists.of(slot) >= firstList;
  }

  /** Takes a flow out that is filed here. */
  void remove(int slot) {
    size--;
    lists.remove(slot);
  }

  /** The flow that has been silent for longest, by ticks, 0 if none was before a time's tick. */
  int silentSinceBefore(long nanos) {
    return oldest(nanos >> tickBits);
  }

  /** The flow that has been silent for longest, by ticks, 0 if there is none. */
  int oldest() {
    return oldest(Long.MAX_VALUE);
  }

  private int oldest(long endTick) {
    while (firstTick < endTick && size > 0) {
      int slot = lists.first(list(firstTick));
      if (slot == 0) {
        firstTick++;
      } else if (tick(slot) == firstTick) {
        return slot;
      } else {
        lists.move(slot, list(tick(slot)));
      }
    }
    return 0;
  }

  /** All flows here were active after this time, or in its tick. */
  long silentSince() {
    return size == 0 ? Long.MAX_VALUE : (firstTick << tickBits) | ((1L << tickBits) - 1);
  }

  private long tick(int slot) {
    return flows.memory().getLong(flows.at(slot) + ACTIVE_AT) >> tickBits;
  }

  private int list(long tick) {
    return firstList + (int) (tick & (BUCKETS - 1));
  }
}
