package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.ACTIVE_AT;

/**
 * Which flow ends next. New flows, of which one packet has been seen, and closed ones stand in
 * lists in order of their time, so their heads tell; open flows turn in a {@link TimerWheel}.
 */
final class Expiry {
  /** How long a flow that TCP has closed waits for trailing packets, in packet time. */
  static final long LINGER_NANOS = 1_000_000_000L;

  private static final long NEVER = Long.MAX_VALUE;
  private static final int NEW = 1, CLOSED = 2, WHEEL = 3;

  private final FlowMemory flows;
  private final FlowLists lists;
  private final TimerWheel wheel;
  private final long idleNanos;

  /** Nothing is due up to this time. */
  private long quietUntil = NEVER;

  Expiry(FlowMemory flows, long idleNanos) {
    this.flows = flows;
    this.idleNanos = idleNanos;
    lists = new FlowLists(flows, WHEEL - 1 + TimerWheel.lists());
    wheel = new TimerWheel(flows, lists, WHEEL, idleNanos);
  }

  void addNew(int slot) {
    lists.move(slot, NEW);
    wakeAt(PacketTime.after(activeAt(slot), idleNanos));
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

  /**
   * The flow that fell due first, 0 if none is due. Flows come in the same order, and fall due at
   * the same time, however often this is asked.
   */
  int due(long clock) {
    return clock <= quietUntil ? 0 : firstDue(clock);
  }

  /** When the flow fell due that was {@linkplain #due asked for} last. */
  long dueAt() {
    return quietUntil;
  }

  private int firstDue(long clock) {
    int closed = lists.first(CLOSED);
    int fresh = lists.first(NEW);
    int open = wheel.silentSinceBefore(PacketTime.before(clock, idleNanos));
    long closedDue = closed == 0 ? NEVER : PacketTime.after(activeAt(closed), LINGER_NANOS);
    long freshDue = fresh == 0 ? NEVER : PacketTime.after(activeAt(fresh), idleNanos);
    long openDue = PacketTime.after(wheel.silentSince(), idleNanos);
    quietUntil = Math.min(closedDue, Math.min(freshDue, openDue));
    if (clock <= quietUntil) {
      return 0;
    }
    return quietUntil == closedDue ? closed : quietUntil == freshDue ? fresh : open;
  }

  /**
   * The flow that is missed least when the table is full: the oldest new one, so that a flood takes
   * the room of its own; else one that is closed and merely lingers; else the least recently active
   * one, by the ticks of the wheel. 0 if there is none.
   */
  int leastMissed() {
    int fresh = oldestNew();
    int closed = lists.first(CLOSED);
    return fresh != 0 ? fresh : closed != 0 ? closed : wheel.oldest();
  }

  /** The new flow that is oldest, 0 if there is none. */
  int oldestNew() {
    return lists.first(NEW);
  }

  long activeAt(int slot) {
    return flows.memory().getLong(flows.at(slot) + ACTIVE_AT);
  }
}
