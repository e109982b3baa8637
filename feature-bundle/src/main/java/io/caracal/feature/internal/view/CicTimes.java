package io.caracal.feature.internal.view;

import static io.caracal.feature.internal.view.CicView.perSecond;
import static io.caracal.feature.internal.view.Quantity.BYTES_PER_SECOND;
import static io.caracal.feature.internal.view.Quantity.MICROS;
import static io.caracal.feature.internal.view.Quantity.PER_SECOND;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.Moments;

/** Columns of the {@code cic} view: how fast, and when. Moments of times are in nanoseconds. */
final class CicTimes {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final String MEAN = "Mean";
  private static final String LARGEST = "Largest";
  private static final String SMALLEST = "Smallest";
  private static final String DEVIATION = "Sample standard deviation of the";
  private static final String BETWEEN_ALL = " time between packets of either direction.";
  private static final String BETWEEN = " time between forward packets; 0 below two.";
  private static final String ACTIVE =
      " length of active periods that a pause ended; 0 if there is none.";
  private static final String IDLE =
      " length of pauses longer than the activity timeout; 0 if there is none.";

  private CicTimes() {}

  static void rates(long nanos, DirectionRecord forward, DirectionRecord backward, Row row) {
    row.put(
        "Flow Bytes/s",
        BYTES_PER_SECOND,
        "Payload bytes of both directions / duration; 0 if the duration is 0.",
        perSecond(forward.payloadBytes() + backward.payloadBytes(), nanos));
    row.put(
        "Flow Packets/s",
        PER_SECOND,
        "Packets of both directions / duration; 0 if the duration is 0.",
        perSecond(forward.packets() + backward.packets(), nanos));
  }

  static void packetRates(long nanos, DirectionRecord forward, DirectionRecord backward, Row row) {
    row.put(
        "Fwd Packets/s",
        PER_SECOND,
        "Forward packets / duration; 0 if the duration is 0.",
        perSecond(forward.packets(), nanos));
    row.put(
        "Bwd Packets/s",
        PER_SECOND,
        "Backward packets / duration; 0 if the duration is 0.",
        perSecond(backward.packets(), nanos));
  }

  static void interArrival(Moments times, Row row) {
    row.put("Flow IAT Mean", MICROS, MEAN + BETWEEN_ALL, times.mean() / NANOS_PER_MICRO);
    row.put("Flow IAT Std", MICROS, DEVIATION + BETWEEN_ALL, times.deviation() / NANOS_PER_MICRO);
    row.put("Flow IAT Max", MICROS, LARGEST + BETWEEN_ALL, times.max() / NANOS_PER_MICRO);
    row.put("Flow IAT Min", MICROS, SMALLEST + BETWEEN_ALL, times.min() / NANOS_PER_MICRO);
  }

  static void interArrivalOfDirection(Moments times, Row row) {
    row.put("Fwd IAT Total", MICROS, "Sum of the" + BETWEEN, times.sum() / NANOS_PER_MICRO);
    row.put("Fwd IAT Mean", MICROS, MEAN + BETWEEN, times.mean() / NANOS_PER_MICRO);
    row.put("Fwd IAT Std", MICROS, DEVIATION + BETWEEN, times.deviation() / NANOS_PER_MICRO);
    row.put("Fwd IAT Max", MICROS, LARGEST + BETWEEN, times.max() / NANOS_PER_MICRO);
    row.put("Fwd IAT Min", MICROS, SMALLEST + BETWEEN, times.min() / NANOS_PER_MICRO);
  }

  static void active(Moments periods, Row row) {
    row.put("Active Mean", MICROS, MEAN + ACTIVE, periods.mean() / NANOS_PER_MICRO);
    row.put("Active Std", MICROS, DEVIATION + ACTIVE, periods.deviation() / NANOS_PER_MICRO);
    row.put("Active Max", MICROS, LARGEST + ACTIVE, periods.max() / NANOS_PER_MICRO);
    row.put("Active Min", MICROS, SMALLEST + ACTIVE, periods.min() / NANOS_PER_MICRO);
  }

  static void idle(Moments pauses, Row row) {
    row.put("Idle Mean", MICROS, MEAN + IDLE, pauses.mean() / NANOS_PER_MICRO);
    row.put("Idle Std", MICROS, DEVIATION + IDLE, pauses.deviation() / NANOS_PER_MICRO);
    row.put("Idle Max", MICROS, LARGEST + IDLE, pauses.max() / NANOS_PER_MICRO);
    row.put("Idle Min", MICROS, SMALLEST + IDLE, pauses.min() / NANOS_PER_MICRO);
  }
}
