package io.caracal.export.text.internal;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import io.caracal.api.packet.PacketHeaders;
import java.nio.FloatBuffer;
import java.util.List;

/** The columns that the corrected CICFlowMeter writes and the view {@code cic} lacks. */
final class CicExtra implements FeatureView {
  static final CicExtra VIEW = new CicExtra();

  private static final ViewDescription DESCRIPTION =
      new ViewDescription(
          "cic-extra",
          "1.0",
          List.of(9),
          List.of(
              new Column("Fwd RST Flags", "count", "Forward packets with RST."),
              new Column("Bwd RST Flags", "count", "Backward packets with RST."),
              new Column("Bwd Act Data Pkts", "count", "Backward packets with payload."),
              new Column("Bwd Seg Size Min", "B", "Smallest backward transport header."),
              new Column("ICMP Code", "id", "Code of the first message; -1 if not ICMP."),
              new Column("ICMP Type", "id", "Type of the first message; -1 if not ICMP."),
              new Column("Fwd TCP Retrans. Count", "count", "Forward segments sent again."),
              new Column("Bwd TCP Retrans. Count", "count", "Backward segments sent again."),
              new Column("Total TCP Retrans. Count", "count", "Segments sent again.")));

  private CicExtra() {}

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    DirectionRecord forward = flow.forward();
    DirectionRecord backward = flow.backward();
    row.put(offset, (float) forward.flagCount(PacketHeaders.RST));
    row.put(offset + 1, (float) backward.flagCount(PacketHeaders.RST));
    row.put(offset + 2, (float) backward.payloadPackets());
    row.put(offset + 3, backward.minTransportHeader());
    icmp(flow, row, offset + 4);
    row.put(offset + 6, (float) forward.retransmittedPackets());
    row.put(offset + 7, (float) backward.retransmittedPackets());
    row.put(offset + 8, (float) (forward.retransmittedPackets() + backward.retransmittedPackets()));
  }

  /** A message that is answered has code 0; of the others the identity holds the code. */
  private static void icmp(FlowRecord flow, FloatBuffer row, int offset) {
    if (flow.protocol() != PacketHeaders.ICMP && flow.protocol() != PacketHeaders.ICMPV6) {
      row.put(offset, -1).put(offset + 1, -1);
      return;
    }
    FlowIdentity who = flow.identity();
    row.put(offset, who.oneWay() ? who.destinationPort() : 0).put(offset + 1, who.sourcePort());
  }
}
