package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Version;

/**
 * One detector version and the calls inside it. A caller enters before a call and exits after it;
 * once closed nobody enters, and {@link #drain} returns when the last caller has left, so that the
 * model behind it may be released.
 */
final class Lease {
  private static final int CLOSED = Integer.MIN_VALUE;

  final Detector detector;
  final Version version;

  /** Number of the bundle that it came in, -1 if it came in none. */
  final long bundle;

  private final AtomicInteger inside = new AtomicInteger();

  Lease(Detector detector, Version version, long bundle) {
    this.detector = detector;
    this.version = version;
    this.bundle = bundle;
  }

  boolean enter() {
    int now = inside.get();
    while (now >= 0) {
      if (inside.compareAndSet(now, now + 1)) {
        return true;
      }
      now = inside.get();
    }
    return false;
  }

  void exit() {
    inside.decrementAndGet();
  }

  /**
   * Closes the lease and waits for the calls inside; false if some are still there after the
   * timeout.
   */
  boolean drain(Duration timeout) {
    inside.getAndUpdate(now -> now < 0 ? now : now + CLOSED);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (inside.get() != CLOSED) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(50_000);
    }
    return true;
  }
}
