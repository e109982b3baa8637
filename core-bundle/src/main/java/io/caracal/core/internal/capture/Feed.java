package io.caracal.core.internal.capture;

import io.caracal.api.packet.FrameHandler;
import io.caracal.api.packet.PacketInput;
import io.caracal.api.packet.SourceCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one lane polls of one interface: an input, and while sources change the next one too. The
 * next one is open already when the old one is drained, so nothing falls between them. Only the
 * lane's thread polls; the other methods are for any thread.
 */
final class Feed {
  private final long settleNanos;
  private final Continuation continuation = new Continuation();
  private volatile @Nullable PacketInput input;
  private SourceCounters finished = SourceCounters.NONE;
  private boolean closed;
  private long changedAt;
  private volatile @Nullable Change change;
  private volatile Optional<String> failure = Optional.empty();

  /** The next input, if any, and when it had been opened, by packet time and by this process. */
  private record Change(Optional<PacketInput> next, long openedNanos, long openedAt) {}

  /**
   * A feed without an input.
   *
   * @param settle how long a packet that has arrived may stay invisible to a poll
   */
  Feed(Duration settle) {
    settleNanos = settle.toNanos();
  }

  /**
   * Goes on with another input, or with none, as soon as the lane has drained the one in use and
   * closed it; at once if none is in use.
   */
  synchronized void change(Optional<PacketInput> next) {
    dropPending();
    if (closed) {
      next.ifPresent(PacketInput::close);
    } else if (input == null) {
      begin(next);
    } else {
      change = new Change(next, WallClock.nanos(), System.nanoTime());
    }
  }

  /** Whether a change that was asked for is still to be made. */
  boolean changing() {
    return change != null;
  }

  /** Why the input was lost, until the next one is taken. */
  Optional<String> failure() {
    return failure;
  }

  /** Polls as {@link PacketInput#poll} does; an input that fails is closed and reported. */
  int poll(FrameHandler lane, int limit, int waitMillis) {
    Change next = change;
    int frames = read(lane, limit, next == null ? waitMillis : Math.min(waitMillis, 1));
    if (frames == 0 && continuation.catchingUp() && settledSince(changedAt)) {
      continuation.caughtUp();
    }
    if (next != null) {
      takeNext(frames);
    }
    return frames;
  }

  private int read(FrameHandler lane, int limit, int waitMillis) {
    PacketInput now = input;
    if (now == null) {
      LockSupport.parkNanos(waitMillis * 1_000_000L);
      return 0;
    }
    try {
      int frames = now.poll(continuation.to(lane), limit, waitMillis);
      if (frames != PacketInput.END) {
        return frames;
      }
      lose("its source says that nothing will come any more");
    } catch (IOException e) {
      lose(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  /** What came before the next input was opened has been read, if it can be told. */
  private boolean drained(Change next, int frames) {
    return input == null
        || continuation.lastNanos() > next.openedNanos()
        || (frames == 0 && settledSince(next.openedAt()));
  }

  private boolean settledSince(long then) {
    return System.nanoTime() - then >= settleNanos;
  }

  private synchronized void takeNext(int frames) {
    Change next = change;
    if (next == null || !drained(next, frames)) {
      return;
    }
    PacketInput old = input;
    if (old != null) {
      release(old);
    }
    continuation.catchUp();
    changedAt = System.nanoTime();
    begin(next.next());
  }

  private void begin(Optional<PacketInput> next) {
    input = next.orElse(null);
    failure = Optional.empty();
    change = null;
  }

  private synchronized void lose(String reason) {
    PacketInput lost = input;
    if (lost != null) {
      release(lost);
    }
    failure = Optional.of(reason);
  }

  private void release(PacketInput open) {
    open.close();
    finished = finished.plus(open.counters());
    input = null;
  }

  /** Closes what is open; no thread polls any more. */
  synchronized void close() {
    closed = true;
    PacketInput open = input;
    if (open != null) {
      release(open);
    }
    dropPending();
  }

  private void dropPending() {
    Change pending = change;
    if (pending != null) {
      pending.next().ifPresent(PacketInput::close);
      change = null;
    }
  }

  /** Whether there is an input or will be one. */
  synchronized boolean open() {
    return input != null || change != null;
  }

  /** What all inputs so far counted. */
  synchronized SourceCounters counters() {
    PacketInput now = input;
    return now == null ? finished : finished.plus(now.counters());
  }

  /** Packets left out because the input before had delivered them. */
  long skipped() {
    return continuation.skipped();
  }
}
