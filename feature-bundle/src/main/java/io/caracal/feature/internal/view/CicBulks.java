package io.caracal.feature.internal.view;

import static io.caracal.feature.internal.view.CicView.perSecond;
import static io.caracal.feature.internal.view.CicView.ratio;
import static io.caracal.feature.internal.view.Quantity.BYTES;
import static io.caracal.feature.internal.view.Quantity.BYTES_PER_SECOND;
import static io.caracal.feature.internal.view.Quantity.COUNT;

import io.caracal.api.flow.DirectionRecord;

/** Columns of the {@code cic} view: bulk transfers and sub-flows. */
final class CicBulks {
  private CicBulks() {}

  static void of(DirectionRecord side, Row row) {
    long bulks = side.bulks();
    row.put(
        "Fwd Bytes/Bulk Avg",
        BYTES,
        "Payload bytes in forward bulks / number of forward bulks; 0 without one.",
        ratio(side.bulkBytes(), bulks));
    row.put(
        "Fwd Packet/Bulk Avg",
        COUNT,
        "Packets in forward bulks / number of forward bulks; 0 without one.",
        ratio(side.bulkPackets(), bulks));
    row.put(
        "Fwd Bulk Rate Avg",
        BYTES_PER_SECOND,
        "Payload bytes in forward bulks / time spent in them; 0 if that is 0.",
        perSecond(side.bulkBytes(), side.bulkNanos()));
  }

  static void subflows(long subflows, DirectionRecord forward, DirectionRecord backward, Row row) {
    row.put(
        "Subflow Fwd Packets",
        COUNT,
        "Forward packets / sub-flows.",
        ratio(forward.packets(), subflows));
    row.put(
        "Subflow Fwd Bytes",
        BYTES,
        "Forward payload bytes / sub-flows.",
        ratio(forward.payloadBytes(), subflows));
    row.put(
        "Subflow Bwd Packets",
        COUNT,
        "Backward packets / sub-flows.",
        ratio(backward.packets(), subflows));
    row.put(
        "Subflow Bwd Bytes",
        BYTES,
        "Backward payload bytes / sub-flows.",
        ratio(backward.payloadBytes(), subflows));
  }
}
