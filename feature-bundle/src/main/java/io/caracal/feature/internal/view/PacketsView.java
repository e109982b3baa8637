package io.caracal.feature.internal.view;

import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static io.caracal.feature.internal.view.Quantity.BYTES;
import static io.caracal.feature.internal.view.Quantity.FLAG;
import static io.caracal.feature.internal.view.Quantity.LOGARITHM;
import static io.caracal.feature.internal.view.Quantity.LOG_WINDOW;
import static io.caracal.feature.internal.view.Quantity.SIGN;
import static io.caracal.feature.internal.view.Quantity.SIGNED_BYTES;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.PacketSequence;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/**
 * The first 32 packets of a flow, eight columns each, zero-padded: what a sequence model reads.
 * Packet sizes, times and directions of a flow's start carry most of what can be known of encrypted
 * traffic.
 */
@Component(
    service = View.class,
    property = {"name=packets", "version=1.0"})
public final class PacketsView implements FeatureView {
  private static final int WIDTH = 8;
  private static final float[] PADDING = new float[PacketSequence.CAPACITY * WIDTH];
  private static final ViewDescription DESCRIPTION =
      Row.describe(
          "packets",
          "1.0",
          List.of(PacketSequence.CAPACITY, WIDTH),
          row -> {
            for (int packet = 0; packet < PacketSequence.CAPACITY; packet++) {
              row.reading(List.of("p00", String.format(Locale.ROOT, "p%02d", packet)));
              columns(NoFlow.RECORD.packets(), packet, row);
            }
          });

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    PacketSequence packets = flow.packets();
    int size = packets.size();
    Row columns = Row.empty();
    for (int packet = 0; packet < size; packet++) {
      columns(packets, packet, columns);
    }
    columns.copyTo(row, offset);
    int written = size * WIDTH;
    row.put(offset + written, PADDING, 0, PADDING.length - written);
  }

  private static void columns(PacketSequence packets, int packet, Row row) {
    long direction = packets.forward(packet) ? 1 : -1;
    int flags = packets.tcpFlags(packet);
    row.put(
        "p00.size",
        SIGNED_BYTES,
        "Payload length, positive if forward, negative if backward.",
        direction * packets.payloadLength(packet));
    row.put(
        "p00.log_iat",
        LOGARITHM,
        "ln(1 + microseconds since the packet before, either direction).",
        Logarithm.ofOnePlus(packets.interArrivalNanos(packet) / 1e3));
    row.put(
        "p00.direction", SIGN, "1 forward, -1 backward, 0 no packet: this is the mask.", direction);
    row.put("p00.syn", FLAG, "1 if SYN is set.", flag(flags, SYN));
    row.put("p00.fin_rst", FLAG, "1 if FIN or RST is set.", flag(flags, FIN | RST));
    row.put("p00.psh", FLAG, "1 if PSH is set.", flag(flags, PSH));
    row.put(
        "p00.window",
        LOG_WINDOW,
        "ln(1 + TCP window in bytes, unscaled); 0 if not TCP.",
        Logarithm.ofOnePlus(packets.tcpWindow(packet)));
    row.put(
        "p00.header_length",
        BYTES,
        "Transport header length: TCP with options, UDP and ICMP 8.",
        packets.transportHeaderLength(packet));
  }

  private static int flag(int flags, int bits) {
    return (flags & bits) == 0 ? 0 : 1;
  }
}
