package io.caracal.alert.eve.internal;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * EVE's timestamps: ISO 8601 in UTC with microseconds. Neighbouring events mostly fall into the
 * same second, whose text is kept. One thread.
 */
final class EveTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.");
  private static final long NANOS = 1_000_000_000;

  private long second = Long.MIN_VALUE;
  private String secondText = "";

  String text(long nanos) {
    long wanted = Math.floorDiv(nanos, NANOS);
    if (wanted != second) {
      second = wanted;
      secondText = SECONDS.format(LocalDateTime.ofEpochSecond(wanted, 0, ZoneOffset.UTC));
    }
    long micros = Math.floorMod(nanos, NANOS) / 1000;
    return secondText + Long.toString(1_000_000 + micros).substring(1) + "+0000";
  }
}
