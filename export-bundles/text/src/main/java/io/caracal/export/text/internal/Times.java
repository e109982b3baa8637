package io.caracal.export.text.internal;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Packet times as text in UTC. Neighbouring flows mostly begin in the same second, whose text is
 * kept. One thread.
 */
final class Times {
  private static final long NANOS = 1_000_000_000;

  private final DateTimeFormatter seconds;
  private long second = Long.MIN_VALUE;
  private String text = "";

  /** Times whose seconds look like a {@link DateTimeFormatter} pattern. */
  Times(String pattern) {
    seconds = DateTimeFormatter.ofPattern(pattern);
  }

  /** Appends a time with all nine digits of the nanoseconds. */
  void nanos(StringBuilder line, long nanos) {
    seconds(line, nanos);
    fraction(line, NANOS + Math.floorMod(nanos, NANOS));
  }

  /** Appends a time with six digits, rounded down. */
  void micros(StringBuilder line, long nanos) {
    seconds(line, nanos);
    fraction(line, (NANOS + Math.floorMod(nanos, NANOS)) / 1000);
  }

  /** Appends the seconds. */
  void seconds(StringBuilder line, long nanos) {
    long wanted = Math.floorDiv(nanos, NANOS);
    if (wanted != second) {
      second = wanted;
      text = seconds.format(LocalDateTime.ofEpochSecond(wanted, 0, ZoneOffset.UTC));
    }
    line.append(text);
  }

  /** Appends seconds with six digits after the point, as Zeek writes times and intervals. */
  static void interval(StringBuilder line, long nanos) {
    line.append(Math.floorDiv(nanos, NANOS));
    fraction(line, (NANOS + Math.floorMod(nanos, NANOS)) / 1000);
  }

  /** Appends a point and what follows the leading one of a number, which keeps its zeros. */
  private static void fraction(StringBuilder line, long digits) {
    int at = line.length();
    line.append(digits).setCharAt(at, '.');
  }
}
