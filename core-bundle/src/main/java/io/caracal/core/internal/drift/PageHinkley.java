package io.caracal.core.internal.drift;

/**
 * The test of Page (1954) and Hinkley (1971) for a rise of a mean above a known one. It remembers
 * when the rise began.
 */
final class PageHinkley {
  private static final double TOLERANCE = 0.1;
  private static final double ALARM = 5;

  private final double mean;
  private double sum;
  private long sinceNanos;

  /** A test for a rise above a mean, in the unit of the values. */
  PageHinkley(double mean) {
    this.mean = mean;
  }

  /** Takes the mean of the next so many flows, and the time of the first of them. */
  void add(double value, long nanos) {
    if (sum == 0) {
      sinceNanos = nanos;
    }
    sum = Math.max(0, sum + value - mean - TOLERANCE);
  }

  /** Whether the mean has risen. */
  boolean risen() {
    return sum > ALARM;
  }

  /** Since when values are above the mean; meaningless if they are not. */
  long sinceNanos() {
    return sinceNanos;
  }
}
