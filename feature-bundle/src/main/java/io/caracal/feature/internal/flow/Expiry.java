package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.ACTIVE_AT;

/**
 * Which flow ends next. New flows, of which one packet has been seen, and closed ones stand in
 * lists in order of their time, so their heads tell; open flows turn in a {@link TimerWheel}.
 */
final class Expiry {
  /** How long a flow that TCP has closed waits for trailing packets, in packet time. */
  static final long LINGER_NANOS = 1_000_000_000L;

  private static final int NEW = 1, CLOSED = 2, WHEEL = 3;

  private final FlowMemory flows;
  private final FlowLists lists;
  private final TimerWheel wheel;
  private final long idleNanos;
  private long newNanos;

  /** Nothing is due up to this time. */
  private long quietUntil = Long.MAX_VALUE;

  Expiry(FlowMemory flows, long idleNanos) {
    this.flows = flows;
    this.idleNanos = idleNanos;
    newNanos = idleNanos;
    lists = new FlowLists(flows, WHEEL - 1 + TimerWheel.lists());
    wheel = new TimerWheel(flows, lists, WHEEL, idleNanos);
  }

  /** Sets the silence after which a new flow ends. */
  void patienceWithNew(long nanos) {
    newNanos = nanos;
    quietUntil = Long.MIN_VALUE;
  }

  void addNew(int slot) {
    lists.move(slot, NEW);
    wakeAt(PacketTime.after(activeAt(slot), newNanos));
  }

  /** An open flow that was active; a new one is not new any more. */
  void active(int slot) {
    if (!wheel.holds(slot)) {
      wheel.file(slot);
      wakeAt(PacketTime.after(activeAt(slot), idleNanos));
    }
  }

  void close(int slot) {
    remove(slot);
    lists.move(slot, CLOSED);
    wakeAt(PacketTime.after(activeAt(slot), LINGER_NANOS));
  }

  void remove(int slot) {
    if (wheel.holds(slot)) {
      wheel.remove(slot);
    } else {
      lists.remove(slot);
    }
  }

  private void wakeAt(long nanos) {
    quietUntil = Math.min(quietUntil, nanos);
  }

  /** The flow that is overdue for longest, 0 if none is due. */
  int due(long clock) {
    return clock <= quietUntil ? 0 : mostOverdue(clock);
  }

  private int mostOverdue(long clock) {
    int closed = lists.first(CLOSED);
    int fresh = lists.first(NEW);
    int open = wheel.silentSinceBefore(PacketTime.before(clock, idleNanos));
    long closedFor = closed == 0 ? 0 : overdue(closed, LINGER_NANOS, clock);
    long freshFor = fresh == 0 ? 0 : overdue(fresh, newNanos, clock);
    long openFor = open == 0 ? 0 : overdue(open, idleNanos, clock);
    if (closedFor <= 0 && freshFor <= 0 && openFor <= 0) {
      quietUntil =
          Math.min(
              Math.min(wake(closed, LINGER_NANOS), wake(fresh, newNanos)),
              PacketTime.after(wheel.silentSince(), idleNanos));
      return 0;
    }
    if (closedFor >= freshFor && closedFor >= openFor) {
      return closed;
    }
    return freshFor >= openFor ? fresh : open;
  }

  private long wake(int slot, long patience) {
    return slot == 0 ? Long.MAX_VALUE : PacketTime.after(activeAt(slot), patience);
  }

  private long overdue(int slot, long patience, long clock) {
    return PacketTime.between(activeAt(slot), clock) - patience;
  }

  /**
   * The flow that is missed least when the table is full: the oldest new one, so that a flood takes
   * the room of its own; else one that is closed and merely lingers; else the least recently active
   * one, by the ticks of the wheel. 0 if there is none.
   */
  int leastMissed() {
    int fresh = lists.first(NEW);
    int closed = lists.first(CLOSED);
    return fresh != 0 ? fresh : closed != 0 ? closed : wheel.oldest();
  }

  private long activeAt(int slot) {
    return flows.memory().getLong(flows.at(slot) + ACTIVE_AT);
  }
}
