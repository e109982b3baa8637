package io.caracal.feature.internal.view;

import static io.caracal.feature.internal.view.CicView.ratio;
import static io.caracal.feature.internal.view.Quantity.BYTES;
import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.MICROS;
import static io.caracal.feature.internal.view.Quantity.RATIO;
import static io.caracal.feature.internal.view.Quantity.SQUARE_BYTES;
import static io.caracal.feature.internal.view.Quantity.WINDOW;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.Moments;

/** Columns of the {@code cic} view: how much was sent. */
final class CicVolume {
  private static final String LENGTH = " payload length of forward packets, empty ones included.";
  private static final String ALL_LENGTHS = " payload length of all packets.";

  private CicVolume() {}

  static void totals(long nanos, DirectionRecord forward, DirectionRecord backward, Row row) {
    row.put(
        "Flow Duration", MICROS, "Time of the last packet minus time of the first.", nanos / 1e3);
    row.put("Total Fwd Packet", COUNT, "Forward packets.", forward.packets());
    row.put("Total Bwd packets", COUNT, "Backward packets.", backward.packets());
    row.put(
        "Total Length of Fwd Packet",
        BYTES,
        "Sum of forward payload lengths.",
        forward.payloadBytes());
    row.put(
        "Total Length of Bwd Packet",
        BYTES,
        "Sum of backward payload lengths.",
        backward.payloadBytes());
  }

  static void lengths(Moments length, Row row) {
    row.put("Fwd Packet Length Max", BYTES, "Largest" + LENGTH, length.max());
    row.put("Fwd Packet Length Min", BYTES, "Smallest" + LENGTH, length.min());
    row.put("Fwd Packet Length Mean", BYTES, "Mean" + LENGTH, length.mean());
    row.put(
        "Fwd Packet Length Std",
        BYTES,
        "Sample standard deviation (n - 1) of the" + LENGTH,
        length.deviation());
  }

  static void headers(DirectionRecord forward, DirectionRecord backward, Row row) {
    row.put(
        "Fwd Header Length",
        BYTES,
        "Sum of forward transport header lengths, options included.",
        forward.transportHeaderBytes());
    row.put(
        "Bwd Header Length",
        BYTES,
        "Sum of backward transport header lengths, options included.",
        backward.transportHeaderBytes());
  }

  static void allLengths(Moments length, Row row) {
    double variance = length.variance();
    row.put("Packet Length Min", BYTES, "Smallest" + ALL_LENGTHS, length.min());
    row.put("Packet Length Max", BYTES, "Largest" + ALL_LENGTHS, length.max());
    row.put("Packet Length Mean", BYTES, "Mean" + ALL_LENGTHS, length.mean());
    row.put(
        "Packet Length Std",
        BYTES,
        "Sample standard deviation (n - 1) of the" + ALL_LENGTHS,
        Math.sqrt(variance));
    row.put(
        "Packet Length Variance",
        SQUARE_BYTES,
        "Sample variance (n - 1) of the" + ALL_LENGTHS,
        variance);
  }

  static void averages(Moments length, DirectionRecord forward, DirectionRecord backward, Row row) {
    row.put(
        "Down/Up Ratio",
        RATIO,
        "Backward packets / forward packets; 0 if no packet went forward.",
        ratio(backward.packets(), forward.packets()));
    row.put(
        "Average Packet Size", BYTES, "Payload bytes / packets, both directions.", length.mean());
    row.put(
        "Fwd Segment Size Avg",
        BYTES,
        "Forward payload bytes / forward packets.",
        ratio(forward.payloadBytes(), forward.packets()));
    row.put(
        "Bwd Segment Size Avg",
        BYTES,
        "Backward payload bytes / backward packets.",
        ratio(backward.payloadBytes(), backward.packets()));
  }

  static void windows(DirectionRecord forward, DirectionRecord backward, Row row) {
    row.put(
        "FWD Init Win Bytes",
        WINDOW,
        "TCP window, unscaled, of the first forward packet; 0 if there is none or it is not TCP.",
        Math.max(0, forward.initialWindow()));
    row.put(
        "Bwd Init Win Bytes",
        WINDOW,
        "TCP window, unscaled, of the first backward packet; 0 if there is none or it is not TCP.",
        Math.max(0, backward.initialWindow()));
    row.put(
        "Fwd Act Data Pkts",
        COUNT,
        "Forward packets with at least one byte of payload.",
        forward.payloadPackets());
    row.put(
        "Fwd Seg Size Min",
        BYTES,
        "Smallest forward transport header.",
        forward.minTransportHeader());
  }
}
