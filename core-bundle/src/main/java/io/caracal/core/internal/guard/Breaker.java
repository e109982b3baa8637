package io.caracal.core.internal.guard;

import java.util.Locale;
import java.util.Optional;

/**
 * Decides when a plugin fails or exceeds its time too often, by its {@link Limits}. It does not
 * close again by itself. Thread-safe.
 */
public final class Breaker {
  /** Calls over which shares are taken. */
  static final int WINDOW = 200;

  /** Of a window; one more and its 99th percentile is above the budget. */
  private static final int SLOW_CALLS = WINDOW / 100;

  private static final int SLOW_WINDOWS = 3;

  private final Limits limits;
  private int inARow;
  private int calls;
  private int failures;
  private int slow;
  private int slowWindows;

  /** A breaker for one version of a plugin. */
  public Breaker(Limits limits) {
    this.limits = limits;
  }

  /**
   * Counts a call that failed.
   *
   * @param reason what went wrong
   * @return one sentence if it was one too many
   */
  public synchronized Optional<String> failed(String reason) {
    inARow++;
    failures++;
    Optional<String> verdict = Optional.empty();
    if (inARow >= limits.failuresInARow()) {
      verdict = Optional.of("failed " + inARow + " times in a row: " + reason);
    } else if (failures > limits.failureShare() * WINDOW) {
      verdict = Optional.of("failed on " + failures + " of " + (calls + 1) + " calls: " + reason);
    }
    count();
    return verdict;
  }

  /**
   * Counts a call that did what it should.
   *
   * @param nanos how long it took
   * @param rows of its batch
   * @return one sentence if calls take too long too often
   */
  public synchronized Optional<String> succeeded(long nanos, int rows) {
    inARow = 0;
    slow += limits.exceeded(nanos, rows) ? 1 : 0;
    if (slow > SLOW_CALLS) {
      slowWindows++;
      slow = 0;
      calls = 0;
      failures = 0;
    } else {
      count();
    }
    return slowWindows < SLOW_WINDOWS
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "is too slow: more than 1 in 100 batches took longer than detectors.latency-budget,"
                    + " %.3f s, the last of %d flows %.3f s",
                limits.budget().toNanos() / 1e9,
                rows,
                nanos / 1e9));
  }

  /** The shares begin anew with every window; a window without slowness ends a series of them. */
  private void count() {
    if (++calls == WINDOW) {
      calls = 0;
      failures = 0;
      slow = 0;
      slowWindows = 0;
    }
  }
}
