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
 */
public record Limits(int failuresInARow, double failureShare, Duration budget) {
  /** Rows of a batch for which the budget is meant; what {@code batch.size} usually is. */
  static final int ROWS = 256;

  /** What the settings say. */
  public static Limits of(Settings settings) {
    return new Limits(
        settings.integer("detectors.max-failures", 5),
        settings.number("detectors.max-failure-share", 0.1),
        settings.seconds("detectors.latency-budget", Duration.ofMillis(500)));
  }

  /** Whether a batch of so many rows took too long. */
  boolean exceeded(long nanos, int rows) {
    return nanos > budget.toNanos() * Math.max(1.0, (double) rows / ROWS);
  }
}
