package io.caracal.core.internal.guard;

import io.caracal.api.plugin.Settings;
import java.time.Duration;

/**
 * What a plugin may do wrong before it is quarantined.
 *
 * @param failuresInARow batches
 * @param failureShare of the batches of a {@linkplain Breaker#WINDOW window}
 * @param budget what the 99th percentile of the time per batch of {@link #ROWS} rows may be, pro
 *     rata of more rows
 * @param call how long a call is waited for, likewise pro rata
 */
public record Limits(int failuresInARow, double failureShare, Duration budget, Duration call) {
  /** What holds where the settings say nothing. */
  public static final Limits DEFAULT =
      new Limits(5, 0.1, Duration.ofMillis(500), Duration.ofSeconds(2));

  /** Rows of a batch for which the budget is meant; what {@code batch.size} usually is. */
  static final int ROWS = 256;

  /** What the settings say. */
  public static Limits of(Settings settings) {
    return new Limits(
        settings.integer("detectors.max-failures", DEFAULT.failuresInARow()),
        settings.number("detectors.max-failure-share", DEFAULT.failureShare()),
        settings.seconds("detectors.latency-budget", DEFAULT.budget()),
        settings.seconds("detectors.call-limit", DEFAULT.call()));
  }

  /** Whether a batch of so many rows took too long. */
  boolean exceeded(long nanos, int rows) {
    return nanos > proRata(budget.toNanos(), rows);
  }

  /** What is allowed a batch of more rows than {@link #ROWS} if so much is allowed that many. */
  static long proRata(long nanos, int rows) {
    return (long) (nanos * Math.max(1.0, (double) rows / ROWS));
  }
}
