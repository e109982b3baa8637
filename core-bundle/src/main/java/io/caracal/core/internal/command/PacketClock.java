package io.caracal.core.internal.command;

import io.caracal.core.internal.lane.Lane;

/**
 * Lets packet time go on while nothing comes from a capture that is being written, so that flows
 * end on a silent link. It goes on from the newest packet, not by the wall clock: what is followed
 * may have been captured earlier or by another clock.
 */
final class PacketClock {
  private final Lane lane;
  private long arrival = System.nanoTime();
  private long newest;

  PacketClock(Lane lane) {
    this.lane = lane;
    newest = lane.nowNanos();
  }

  /** Frames were delivered, or none came. */
  void polled(int frames) {
    long now = System.nanoTime();
    if (frames > 0) {
      arrival = now;
      newest = lane.nowNanos();
    } else if (newest != Long.MIN_VALUE) {
      lane.advance(newest + now - arrival);
    }
  }
}
