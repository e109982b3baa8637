package io.caracal.feature.internal.view;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.feature.internal.Packet;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PacketsViewTest {
  private static final int WIDTH = 8;
  private static final Offset<Float> CLOSE = within(1e-5f);

  private final PacketsView view = new PacketsView();

  private float[] row(Packet... packets) {
    FloatBuffer buffer = FloatBuffer.allocate(2 + 32 * WIDTH);
    Arrays.fill(buffer.array(), Float.NaN);
    FlowTable table =
        new BoundedFlowTables()
            .create(
                FlowSettings.DEFAULT,
                flow -> {
                  if (flow.reason() != EndReason.CHECKPOINT) {
                    view.write(flow, buffer, 1);
                  }
                });
    for (Packet packet : packets) {
      table.accept(packet.headers(), false);
    }
    table.flush();
    assertThat(buffer.get(0)).isNaN();
    assertThat(buffer.get(1 + 32 * WIDTH)).isNaN();
    return Arrays.copyOfRange(buffer.array(), 1, 1 + 32 * WIDTH);
  }

  private static float[] packet(float[] row, int index) {
    return Arrays.copyOfRange(row, index * WIDTH, (index + 1) * WIDTH);
  }

  @Test
  void eachPacketIsEightColumnsAndTheRestIsPadding() {
    float[] row =
        row(
            Packet.tcp(0, SYN, 0).header(40).window(64240),
            Packet.tcp(99, SYN | ACK, 0).reply().header(40).window(65535),
            Packet.tcp(99, PSH | ACK, 517).header(32).window(0),
            Packet.tcp(1_000_098, PSH | FIN | ACK, 1200).reply().header(32).window(501),
            Packet.tcp(1_000_098, RST, 0).header(20).window(0));

    // ln 64241, ln 100, ln 65536, ln 1000000, ln 502
    assertThat(packet(row, 0))
        .containsExactly(new float[] {0, 0, 1, 1, 0, 0, 11.070397f, 40}, CLOSE);
    assertThat(packet(row, 1))
        .containsExactly(new float[] {0, 4.605170f, -1, 1, 0, 0, 11.090355f, 40}, CLOSE);
    assertThat(packet(row, 2)).containsExactly(new float[] {517, 0, 1, 0, 0, 1, 0, 32}, CLOSE);
    assertThat(packet(row, 3))
        .containsExactly(new float[] {-1200, 13.815511f, -1, 0, 1, 1, 6.218600f, 32}, CLOSE);
    assertThat(packet(row, 4)).containsExactly(new float[] {0, 0, 1, 0, 1, 0, 0, 20}, CLOSE);
    assertThat(Arrays.copyOfRange(row, 5 * WIDTH, 32 * WIDTH)).containsOnly(0f);
  }

  @Test
  void onlyTheFirst32PacketsAreThere() {
    Packet[] packets = new Packet[40];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = Packet.udp(i * 1000L, 100 + i);
    }
    float[] row = row(packets);
    for (int i = 0; i < 32; i++) {
      assertThat(packet(row, i))
          .containsExactly(new float[] {100 + i, i == 0 ? 0 : 6.908755f, 1, 0, 0, 0, 0, 8}, CLOSE);
    }
  }

  @Test
  void columnsAreNamedByPacketAndField() {
    assertThat(view.description().shape()).containsExactly(32, 8);
    assertThat(view.description().columnNames())
        .doesNotHaveDuplicates()
        .startsWith("p00.size", "p00.log_iat", "p00.direction", "p00.syn", "p00.fin_rst", "p00.psh")
        .endsWith("p31.window", "p31.header_length");
  }
}
