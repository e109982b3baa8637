package io.caracal.feature.internal.view;

import static java.lang.Double.POSITIVE_INFINITY;

/** What a column counts or measures: its unit and the values that can occur. */
public enum Quantity {
  COUNT("count", 0, POSITIVE_INFINITY),
  PERCENT_COUNT("count", 0, 100),
  ESTIMATE("count", 0, 3550),
  SPREAD("bit", 0, 4),
  INFORMATION("bit", 0, POSITIVE_INFINITY),
  DEVIATIONS("deviations", Double.NEGATIVE_INFINITY, POSITIVE_INFINITY),
  EXCESS("deviations", 0, POSITIVE_INFINITY),
  BYTES("B", 0, POSITIVE_INFINITY),
  KIBIBYTES("KiB", 0, POSITIVE_INFINITY),
  SQUARE_BYTES("B²", 0, POSITIVE_INFINITY),
  SIGNED_BYTES("B", Double.NEGATIVE_INFINITY, POSITIVE_INFINITY),
  SECONDS("s", 0, POSITIVE_INFINITY),
  MILLIS("ms", 0, POSITIVE_INFINITY),
  MICROS("µs", 0, POSITIVE_INFINITY),
  PER_SECOND("1/s", 0, POSITIVE_INFINITY),
  BYTES_PER_SECOND("B/s", 0, POSITIVE_INFINITY),
  BITS_PER_SECOND("bit/s", 0, POSITIVE_INFINITY),
  LOGARITHM("log", 0, POSITIVE_INFINITY),
  RATIO("ratio", 0, POSITIVE_INFINITY),
  SHARE("ratio", 0, 1),
  FLAG("flag", 0, 1),
  SIGN("flag", -1, 1),
  FLAG_BITS("bits", 0, 255),
  WINDOW("B", 0, 65535),
  LOG_WINDOW("log", 0, Math.log(65536)),
  HOPS("hops", 0, 255),
  PORT("id", 0, 65535),
  SMALL_ID("id", 0, 255),
  ID("id", 0, 65535),
  REPLY_CODE("id", 0, 659),
  TTL("s", 0, 4294967295.0),
  NOTHING("-", 0, 0);

  final String unit;
  final double min;
  final double max;

  Quantity(String unit, double min, double max) {
    this.unit = unit;
    this.min = min;
    this.max = max;
  }
}
