package io.caracal.core.internal.sink;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries that double up to a longest one. Half of each is drawn at random, so that
 * sensors that lost one receiver together do not come back together.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 100;

  private final long longestMillis;
  private long millis;

  Backoff(Duration longest) {
    longestMillis = Math.max(FIRST_MILLIS, longest.toMillis());
    reset();
  }

  void reset() {
    millis = FIRST_MILLIS;
  }

  /** The pause before the next try, in milliseconds. */
  long next() {
    long pause = millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    millis = Math.min(2 * millis, longestMillis);
    return pause;
  }
}
