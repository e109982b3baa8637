package io.caracal.feature.internal.view;

import static io.caracal.feature.internal.view.Quantity.BITS_PER_SECOND;
import static io.caracal.feature.internal.view.Quantity.BYTES_PER_SECOND;
import static io.caracal.feature.internal.view.Quantity.MILLIS;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.Moments;

/** Columns of the {@code nf} view: when, and how fast. */
final class NfTimes {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int BITS = 8;

  private NfTimes() {}

  static void durations(long nanos, DirectionRecord in, DirectionRecord out, Row row) {
    row.put(
        "FLOW_DURATION_MILLISECONDS",
        MILLIS,
        "Time of the last packet minus time of the first.",
        nanos / NANOS_PER_MILLI);
    row.put(
        "DURATION_IN",
        MILLIS,
        "Time of the client's last packet minus time of its first.",
        nanos(in) / NANOS_PER_MILLI);
    row.put(
        "DURATION_OUT",
        MILLIS,
        "Time of the server's last packet minus time of its first.",
        nanos(out) / NANOS_PER_MILLI);
  }

  static void bytesPerSecond(long nanos, DirectionRecord in, DirectionRecord out, Row row) {
    row.put(
        "SRC_TO_DST_SECOND_BYTES",
        BYTES_PER_SECOND,
        "IN_BYTES / (duration of the flow in whole milliseconds + 1 ms).",
        perSecond(in.ipBytes(), nanos));
    row.put(
        "DST_TO_SRC_SECOND_BYTES",
        BYTES_PER_SECOND,
        "OUT_BYTES / (duration of the flow in whole milliseconds + 1 ms).",
        perSecond(out.ipBytes(), nanos));
  }

  static void throughput(long nanos, DirectionRecord in, DirectionRecord out, Row row) {
    row.put(
        "SRC_TO_DST_AVG_THROUGHPUT",
        BITS_PER_SECOND,
        "8 * SRC_TO_DST_SECOND_BYTES.",
        BITS * perSecond(in.ipBytes(), nanos));
    row.put(
        "DST_TO_SRC_AVG_THROUGHPUT",
        BITS_PER_SECOND,
        "8 * DST_TO_SRC_SECOND_BYTES.",
        BITS * perSecond(out.ipBytes(), nanos));
  }

  static void interArrival(Moments times, Row row) {
    row.put(
        "SRC_TO_DST_IAT_MIN",
        MILLIS,
        "Smallest time between the client's packets; 0 below two.",
        times.min() / NANOS_PER_MILLI);
    row.put(
        "SRC_TO_DST_IAT_MAX",
        MILLIS,
        "Largest time between the client's packets; 0 below two.",
        times.max() / NANOS_PER_MILLI);
    row.put(
        "SRC_TO_DST_IAT_AVG",
        MILLIS,
        "Mean time between the client's packets; 0 below two.",
        times.mean() / NANOS_PER_MILLI);
    row.put(
        "SRC_TO_DST_IAT_STDDEV",
        MILLIS,
        "Sample standard deviation of the time between the client's packets; 0 below three.",
        times.deviation() / NANOS_PER_MILLI);
  }

  private static long nanos(DirectionRecord side) {
    return side.lastNanos() - side.startNanos();
  }

  private static double perSecond(long bytes, long nanos) {
    return bytes * 1e3 / (nanos / 1_000_000 + 1);
  }
}
