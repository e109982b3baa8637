package io.caracal.core.internal.guard;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a view fails to write and decides when that is too often, by rows where others are
 * judged by batches. A row that is missing holds NaN. What works is only looked at for a while
 * after something did not. Thread-safe.
 */
public final class ViewGuard {
  private static final Logger LOG = LoggerFactory.getLogger(ViewGuard.class);

  private final String title;
  private final int width;
  private final Breaker breaker;
  private final Consumer<String> quarantine;
  private final LongAdder failures = new LongAdder();
  private final AtomicInteger watched = new AtomicInteger();

  /**
   * Guards a view.
   *
   * @param title its name and version, for the log
   * @param width of its rows
   * @param quarantine told with the reason when it has failed too often
   */
  public ViewGuard(String title, int width, Limits limits, Consumer<String> quarantine) {
    this.title = title;
    this.width = width;
    this.breaker = new Breaker(limits);
    this.quarantine = quarantine;
  }

  /** The view wrote a row: finite, as its first column tells. */
  public void wrote(FloatBuffer row, int offset) {
    if (Float.isNaN(row.get(offset))) {
      failed(new IllegalStateException("it wrote NaN"), row, offset);
    } else if (watched.get() > 0 && watched.getAndDecrement() > 0) {
      breaker.succeeded(0, 1);
    }
  }

  /** The view failed to write a row, which is missing therefore. */
  public void failed(Throwable failure, FloatBuffer row, int offset) {
    for (int column = 0; column < width; column++) {
      row.put(offset + column, Float.NaN);
    }
    failed(failure);
  }

  /** The view failed at something else. */
  public void failed(Throwable failure) {
    if (failures.sum() == 0) {
      LOG.error("view {} failed, and the row is missing: {}", title, failure.toString());
    }
    failures.increment();
    watched.set(Breaker.WINDOW);
    breaker.failed(failure.toString()).ifPresent(quarantine);
  }

  /** Whether a row was not written. */
  public static boolean missing(FloatBuffer row, int offset) {
    return Float.isNaN(row.get(offset));
  }

  /** Calls that failed. */
  public long failures() {
    return failures.sum();
  }
}
