package io.caracal.core.internal.drift;

import java.time.Duration;

/**
 * The test of Page (1954) and Hinkley (1971) for a rise of the mean evidence above that of even
 * p-values, over means of a minute and {@value #LEAST} flows at least. A mean counts for at most 1,
 * so that a flood of a few minutes is none.
 */
final class PageHinkley {
  private static final int LEAST = 200;
  private static final long LEAST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final double TOLERANCE = 0.1;
  private static final double ALARM = 5;

  private double total;
  private int count;
  private long beganNanos;
  private double sum;
  private long sinceNanos;

  /** Takes a flow's evidence. */
  void add(double evidence, long nanos) {
    if (Double.isNaN(evidence)) {
      return;
    }
    if (count == 0) {
      beganNanos = nanos;
    }
    total += evidence;
    count++;
    if (count >= LEAST && nanos - beganNanos >= LEAST_NANOS) {
      if (sum == 0) {
        sinceNanos = beganNanos;
      }
      double rise = total / count - DriftReference.MEAN - TOLERANCE;
      sum = Math.max(0, sum + Math.min(1, rise));
      total = 0;
      count = 0;
    }
  }

  /** Whether the mean has risen. */
  boolean risen() {
    return sum > ALARM;
  }

  /** Since when it is above; meaningless if it is not. */
  long sinceNanos() {
    return sinceNanos;
  }
}
