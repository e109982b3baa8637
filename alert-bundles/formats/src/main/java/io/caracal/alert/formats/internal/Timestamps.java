package io.caracal.alert.formats.internal;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as text: ISO 8601 in UTC with microseconds. Neighbouring events mostly fall into the same
 * second, whose text is kept. Thread-safe.
 */
final class Timestamps {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.");
  private static final long NANOS = 1_000_000_000;

  private record Second(long number, String text) {
    static Second of(long number) {
      return new Second(
          number, SECONDS.format(LocalDateTime.ofEpochSecond(number, 0, ZoneOffset.UTC)));
    }
  }

  private final String zone;
  private volatile Second last = Second.of(0);

  /**
   * Times of one style.
   *
   * @param zone how UTC is written: {@code Z} or {@code +0000}
   */
  Timestamps(String zone) {
    this.zone = zone;
  }

  String text(long nanos) {
    long wanted = Math.floorDiv(nanos, NANOS);
    Second second = last;
    if (wanted != second.number) {
      second = Second.of(wanted);
      last = second;
    }
    long micros = Math.floorMod(nanos, NANOS) / 1000;
    return second.text + Long.toString(1_000_000 + micros).substring(1) + zone;
  }
}
