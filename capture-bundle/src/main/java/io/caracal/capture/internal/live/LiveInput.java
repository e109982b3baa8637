package io.caracal.capture.internal.live;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import java.io.IOException;
import java.util.List;

/**
 * An open interface: waiting, counting and closing. Polling and closing exclude each other, since
 * the memory of a closed input must not be touched.
 */
public abstract class LiveInput implements PacketInput {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long LOSSES_INTERVAL = 500_000_000L;

  /**
   * What was lost since the input was opened.
   *
   * @param byKernel frames dropped because the buffer was full
   * @param byInterface frames dropped by the interface or its driver
   * @param bufferFull how often the buffer filled up
   */
  public record Losses(long byKernel, long byInterface, long bufferFull) {
    /** Nothing. */
    public static final Losses NONE = new Losses(0, 0, 0);
  }

  /** The frame in hand. */
  protected final Frame frame = new Frame();

  private long packets;
  private long bytes;
  private long truncated;
  private Losses losses = Losses.NONE;
  private long lossesTime = System.nanoTime();
  private boolean closed;
  private volatile SourceCounters counters = SourceCounters.NONE;

  /**
   * Delivers the frames that are there, without waiting.
   *
   * @param handler takes each through {@link #deliver}
   * @param limit most frames to deliver
   * @return frames delivered
   * @throws IOException if the interface cannot be read any more
   */
  protected abstract int read(FrameHandler handler, int limit) throws IOException;

  /**
   * Waits for a frame.
   *
   * @param millis longest wait; a shorter one will be repeated
   * @return whether it is worth reading again, be it for an error
   */
  protected abstract boolean await(int millis);

  /**
   * Asks the kernel for its counters.
   *
   * @param before the counters so far, to be kept where the kernel does not answer
   * @return the counters now
   */
  protected abstract Losses losses(Losses before);

  /** Gives everything back; called once. */
  protected abstract void release();

  @Override
  public final synchronized int poll(FrameHandler handler, int limit, int waitMillis)
      throws IOException {
    if (closed) {
      return END;
    }
    try {
      int delivered = read(handler, limit);
      long end = System.nanoTime() + waitMillis * NANOS_PER_MILLI;
      int left = waitMillis;
      while (delivered == 0 && left > 0 && await(left)) {
        delivered = read(handler, limit);
        left = (int) ((end - System.nanoTime()) / NANOS_PER_MILLI);
      }
      return delivered;
    } finally {
      if (System.nanoTime() - lossesTime >= LOSSES_INTERVAL) {
        countLosses();
      }
      publish();
    }
  }

  /**
   * Counts {@link #frame} and hands it over.
   *
   * @param handler takes it; what it throws passes through
   */
  protected final void deliver(FrameHandler handler) {
    packets++;
    bytes += frame.wireLength;
    if (frame.capturedLength < frame.wireLength) {
      truncated++;
    }
    handler.onFrame(frame);
  }

  private void countLosses() {
    lossesTime = System.nanoTime();
    losses = losses(losses);
  }

  private void publish() {
    counters =
        new SourceCounters(
            packets, bytes, losses.byKernel(), losses.byInterface(), truncated, losses.bufferFull);
  }

  @Override
  public final SourceCounters counters() {
    return counters;
  }

  @Override
  public final double progress() {
    return -1;
  }

  @Override
  public List<String> notices() {
    return List.of();
  }

  @Override
  public final synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    countLosses();
    publish();
    release();
  }
}
