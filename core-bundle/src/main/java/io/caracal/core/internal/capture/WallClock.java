package io.caracal.core.internal.capture;

import java.time.Instant;

/** The time of day as packets carry it. */
final class WallClock {
  private WallClock() {}

  /** Nanoseconds since 1970-01-01 UTC. */
  static long nanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
