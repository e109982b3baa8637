package io.caracal.alert.formats.internal;

import java.util.concurrent.TimeUnit;

/**
 * A line of LEEF 2.0 that grows. LEEF knows no escapes: in the header {@code |}, in values the
 * delimiter {@code ^} become U+FFFD, and line breaks and tabs a space.
 */
final class LeefLine {
  private static final char DELIMITER = '^';
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder line = new StringBuilder("LEEF:2.0");
  private final Timestamps times;
  private String before = "|" + DELIMITER + '|';

  LeefLine(String version, String eventId, Timestamps times) {
    this.times = times;
    header(Product.VENDOR);
    header(Product.NAME);
    header(version);
    header(eventId);
  }

  private void header(String value) {
    line.append('|').append(oneLine(value).replace('|', REPLACEMENT));
  }

  /** An attribute; left out if its value is empty. */
  LeefLine put(String key, String value) {
    if (!value.isEmpty()) {
      line.append(before).append(key).append('=');
      line.append(oneLine(value).replace(DELIMITER, REPLACEMENT));
      before = String.valueOf(DELIMITER);
    }
    return this;
  }

  LeefLine put(String key, long value) {
    return put(key, Long.toString(value));
  }

  /** A time with microseconds. */
  LeefLine time(String key, long nanos) {
    return put(key, times.text(nanos));
  }

  /** The time of the event, and how Java's SimpleDateFormat would read it. */
  LeefLine devTime(long nanos) {
    long millis = Math.floorDiv(nanos, TimeUnit.MILLISECONDS.toNanos(1));
    String text = times.text(TimeUnit.MILLISECONDS.toNanos(millis)).replace("000+", "+");
    return put("devTime", text).put("devTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSZ");
  }

  private static String oneLine(String value) {
    return CleanText.of(value).replaceAll("[\n\r\t]", " ");
  }

  String text() {
    return line.toString();
  }
}
