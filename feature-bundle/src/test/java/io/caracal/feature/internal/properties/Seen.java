package io.caracal.feature.internal.properties;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.Moments;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.view.CicView;
import io.caracal.feature.internal.view.NfView;
import io.caracal.feature.internal.view.PacketsView;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a record said, columns of all views included; without its number. */
record Seen(
    FlowIdentity who,
    long startNanos,
    long lastNanos,
    EndReason reason,
    int checkpoint,
    String history,
    List<Double> forward,
    List<Double> backward,
    FloatBuffer columns) {
  private static final List<FeatureView> VIEWS =
      List.of(new CicView(), new NfView(), new PacketsView());
  private static final int WIDTH =
      VIEWS.stream().mapToInt(view -> view.description().width()).sum();
  private static final int[] FLAGS = {
    PacketHeaders.FIN,
    PacketHeaders.SYN,
    PacketHeaders.RST,
    PacketHeaders.PSH,
    PacketHeaders.URG,
    PacketHeaders.ECE,
    PacketHeaders.CWR
  };

  static Seen of(FlowRecord flow) {
    FloatBuffer columns = FloatBuffer.allocate(WIDTH);
    int offset = 0;
    for (FeatureView view : VIEWS) {
      view.write(flow, columns, offset);
      offset += view.description().width();
    }
    return new Seen(
        flow.identity(),
        flow.startNanos(),
        flow.lastNanos(),
        flow.reason(),
        flow.checkpoint(),
        flow.history(),
        figures(flow.forward()),
        figures(flow.backward()),
        columns);
  }

  /** All that is known of a direction except the ACK flags, which one test changes. */
  private static List<Double> figures(DirectionRecord side) {
    List<Double> figures = new ArrayList<>();
    for (int flag : FLAGS) {
      figures.add((double) side.flagCount(flag));
    }
    Stream.of(side.payloadLength(), side.interArrival()).forEach(m -> moments(m, figures));
    for (long figure :
        new long[] {
          side.packets(),
          side.startNanos(),
          side.lastNanos(),
          side.ipBytes(),
          side.minIpLength(),
          side.maxIpLength(),
          side.payloadBytes(),
          side.payloadPackets(),
          side.transportHeaderBytes(),
          side.minTransportHeader(),
          side.initialWindow(),
          side.maxWindow(),
          side.minTtl(),
          side.maxTtl(),
          side.retransmittedPackets(),
          side.retransmittedBytes(),
          side.bulks(),
          side.bulkPackets(),
          side.bulkBytes(),
          side.bulkNanos()
        }) {
      figures.add((double) figure);
    }
    return figures;
  }

  private static void moments(Moments moments, List<Double> into) {
    into.addAll(
        List.of(
            (double) moments.count(),
            moments.min(),
            moments.max(),
            moments.sum(),
            moments.variance()));
  }
}
