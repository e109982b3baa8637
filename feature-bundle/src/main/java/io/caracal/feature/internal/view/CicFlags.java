package io.caracal.feature.internal.view;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.CWR;
import static io.caracal.api.packet.PacketHeaders.ECE;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static io.caracal.api.packet.PacketHeaders.URG;
import static io.caracal.feature.internal.view.Quantity.COUNT;

import io.caracal.api.flow.DirectionRecord;

/** Columns of the {@code cic} view: TCP flags. */
final class CicFlags {
  private CicFlags() {}

  static void ofDirections(DirectionRecord forward, DirectionRecord backward, Row row) {
    row.source(CicView.CORRECTED);
    row.put("Fwd PSH Flags", COUNT, "Forward packets with PSH.", forward.flagCount(PSH));
    row.put("Bwd PSH Flags", COUNT, "Backward packets with PSH.", backward.flagCount(PSH));
    row.put("Fwd URG Flags", COUNT, "Forward packets with URG.", forward.flagCount(URG));
    row.put("Bwd URG Flags", COUNT, "Backward packets with URG.", backward.flagCount(URG));
    row.source(CicView.CICFLOWMETER);
  }

  static void counts(DirectionRecord forward, DirectionRecord backward, Row row) {
    row.source(CicView.CORRECTED);
    row.put(
        "FIN Flag Count",
        COUNT,
        "Packets of both directions with FIN.",
        sum(forward, backward, FIN));
    row.put(
        "SYN Flag Count",
        COUNT,
        "Packets of both directions with SYN.",
        sum(forward, backward, SYN));
    row.put(
        "RST Flag Count",
        COUNT,
        "Packets of both directions with RST.",
        sum(forward, backward, RST));
    row.put(
        "PSH Flag Count",
        COUNT,
        "Packets of both directions with PSH.",
        sum(forward, backward, PSH));
    row.put(
        "ACK Flag Count",
        COUNT,
        "Packets of both directions with ACK.",
        sum(forward, backward, ACK));
    row.put(
        "URG Flag Count",
        COUNT,
        "Packets of both directions with URG.",
        sum(forward, backward, URG));
    row.put(
        "CWR Flag Count",
        COUNT,
        "Packets of both directions with CWR.",
        sum(forward, backward, CWR));
    row.put(
        "ECE Flag Count",
        COUNT,
        "Packets of both directions with ECE.",
        sum(forward, backward, ECE));
    row.source(CicView.CICFLOWMETER);
  }

  private static long sum(DirectionRecord forward, DirectionRecord backward, int bit) {
    return forward.flagCount(bit) + backward.flagCount(bit);
  }
}
