package io.caracal.core.internal.capture;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import java.util.concurrent.atomic.LongAdder;

/**
 * Passes frames on to the lane. After a change of inputs both hold the packets of the moments in
 * which both were open: while it catches up, only what is later than the last packet passed on
 * before goes through. The kernel stamps a packet once for all sockets, so the times agree.
 */
final class Continuation implements FrameHandler {
  /** Packets of several receive queues may be out of order by less than this. */
  private static final long DISORDER_NANOS = 100_000_000L;

  private static final long NOTHING = Long.MIN_VALUE;

  private final LongAdder skipped = new LongAdder();
  private FrameHandler lane = frame -> {};
  private long lastNanos = NOTHING;
  private long seenNanos = NOTHING;

  Continuation to(FrameHandler handler) {
    lane = handler;
    return this;
  }

  @Override
  public void onFrame(Frame frame) {
    if (seenNanos != NOTHING) {
      if (frame.timeNanos <= seenNanos) {
        skipped.increment();
        return;
      }
      if (frame.timeNanos - seenNanos > DISORDER_NANOS) {
        caughtUp();
      }
    }
    if (frame.timeNanos > lastNanos) {
      lastNanos = frame.timeNanos;
    }
    lane.onFrame(frame);
  }

  /** From now on frames come from an input that may repeat some. */
  void catchUp() {
    seenNanos = lastNanos;
  }

  /** From now on no frame can be a repetition. */
  void caughtUp() {
    seenNanos = NOTHING;
  }

  boolean catchingUp() {
    return seenNanos != NOTHING;
  }

  /** Time of the latest packet passed on. */
  long lastNanos() {
    return lastNanos;
  }

  /** Frames left out because they had been passed on before; for any thread. */
  long skipped() {
    return skipped.sum();
  }
}
