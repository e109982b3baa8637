package io.caracal.feature.internal.view;

import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.PacketSequence;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/** The first packets of a flow, one after the other, zero where the flow had fewer. */
@Component(
    service = View.class,
    property = {"name=packets", "version=1.0"})
public final class PacketsView implements FeatureView {
  private static final List<Column> PER_PACKET =
      List.of(
          new Column("size", "B", "Payload length, positive if forward, negative if backward."),
          new Column(
              "log_iat", "log", "ln(1 + microseconds since the packet before, either direction)."),
          new Column("direction", "flag", "1 forward, -1 backward, 0 no packet: this is the mask."),
          new Column("syn", "flag", "1 if SYN is set."),
          new Column("fin_rst", "flag", "1 if FIN or RST is set."),
          new Column("psh", "flag", "1 if PSH is set."),
          new Column("window", "log", "ln(1 + TCP window in bytes, unscaled); 0 if not TCP."),
          new Column(
              "header_length", "B", "Transport header length: TCP with options, UDP and ICMP 8."));
  private static final int WIDTH = PER_PACKET.size();
  private static final ViewDescription DESCRIPTION =
      new ViewDescription(
          "packets",
          "1.0",
          List.of(PacketSequence.CAPACITY, WIDTH),
          IntStream.range(0, PacketSequence.CAPACITY).boxed().flatMap(PacketsView::of).toList());

  private static Stream<Column> of(int packet) {
    return PER_PACKET.stream()
        .map(
            column ->
                new Column(
                    String.format(Locale.ROOT, "p%02d.%s", packet, column.name()),
                    column.unit(),
                    column.meaning()));
  }

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    PacketSequence packets = flow.packets();
    int at = offset;
    for (int packet = 0; packet < packets.size(); packet++, at += WIDTH) {
      int direction = packets.forward(packet) ? 1 : -1;
      int flags = packets.tcpFlags(packet);
      row.put(at, direction * packets.payloadLength(packet));
      row.put(at + 1, logarithm(packets.interArrivalNanos(packet) / 1e3));
      row.put(at + 2, direction);
      row.put(at + 3, flag(flags, SYN));
      row.put(at + 4, flag(flags, FIN | RST));
      row.put(at + 5, flag(flags, PSH));
      row.put(at + 6, logarithm(packets.tcpWindow(packet)));
      row.put(at + 7, packets.transportHeaderLength(packet));
    }
    int end = offset + PacketSequence.CAPACITY * WIDTH;
    while (at < end) {
      row.put(at++, 0);
    }
  }

  /** Math.log1p is exact near 0 but several times slower; one float of precision is enough here. */
  private static float logarithm(double value) {
    return (float) Math.log(1 + value);
  }

  private static float flag(int flags, int bits) {
    return (flags & bits) == 0 ? 0 : 1;
  }
}
