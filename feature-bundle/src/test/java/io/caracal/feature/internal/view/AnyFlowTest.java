package io.caracal.feature.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.flow.ViewDescription.Column;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every row, whatever the packets. */
class AnyFlowTest {
  private static final int PACKETS = 20_000;

  static Stream<FeatureView> views() {
    return Views.all().stream().filter(FeatureView.class::isInstance).map(FeatureView.class::cast);
  }

  @ParameterizedTest
  @MethodSource("views")
  void everyColumnIsFiniteAndInItsRange(FeatureView view) {
    List<Column> columns = view.description().columns();
    List<float[]> rows = rows(view, false);
    assertThat(rows).hasSizeGreaterThan(1000);
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        Column column = columns.get(i);
        if (!Float.isFinite(row[i]) || row[i] < column.min() || row[i] > (float) column.max()) {
          throw new AssertionError(column + " is " + row[i]);
        }
      }
    }
  }

  /** Who has the smaller address, and so how a flow's key is ordered, is in no column. */
  @ParameterizedTest
  @MethodSource("views")
  void exchangingTheAddressesChangesNothing(FeatureView view) {
    assertThat(rows(view, true).toArray(float[][]::new))
        .isDeepEqualTo(rows(view, false).toArray(float[][]::new));
  }

  private static List<float[]> rows(FeatureView view, boolean exchanged) {
    int width = view.description().width();
    List<float[]> rows = new ArrayList<>();
    FloatBuffer buffer = FloatBuffer.allocate(width);
    FlowTable table =
        new BoundedFlowTables()
            .create(
                FlowSettings.DEFAULT,
                flow -> {
                  view.write(flow, buffer, 0);
                  rows.add(buffer.array().clone());
                });
    Random random = new Random(3);
    long time = 1_700_000_000_000_000_000L;
    for (int packet = 0; packet < PACKETS; packet++) {
      time += random.nextInt(4) == 0 ? random.nextLong(2_000_000_000L) : random.nextInt(100_000);
      table.accept(packet(random, time, exchanged), random.nextInt(50) == 0);
    }
    table.flush();
    return rows;
  }

  private static PacketHeaders packet(Random random, long time, boolean exchanged) {
    int protocol = new int[] {1, 6, 6, 17, 58, 99}[random.nextInt(6)];
    boolean ports = protocol == 6 || protocol == 17;
    boolean reply = random.nextBoolean();
    int client = ports ? 1 + random.nextInt(40) : 8;
    int server = ports ? 53 : 0;
    PacketHeaders packet = new PacketHeaders();
    packet.timeNanos = time;
    packet.protocol = protocol;
    packet.sourceLow = reply ^ exchanged ? 9 : 4;
    packet.destinationLow = 13 - packet.sourceLow;
    packet.sourcePort = reply ? server : client;
    packet.destinationPort = reply ? client : server;
    packet.ttl = random.nextInt(256);
    packet.ipHeaderLength = 20;
    packet.transportHeaderLength = ports ? 8 + 4 * random.nextInt(13) : 0;
    packet.payloadLength = random.nextInt(3) == 0 ? 0 : random.nextInt(70_000);
    packet.ipLength = 20 + packet.transportHeaderLength + packet.payloadLength;
    if (protocol == 6) {
      packet.tcpFlags = random.nextInt(4) == 0 ? random.nextInt(256) : 16;
      packet.tcpWindow = random.nextInt(65536);
      packet.tcpSequence = random.nextInt(1 << 20);
    }
    packet.dnsQueryId = random.nextInt(65536);
    packet.dnsQueryType = random.nextInt(65536);
    packet.dnsAnswerTtl = random.nextLong(1L << 32);
    packet.dnsResponseCode = random.nextInt(17) - 1;
    packet.ftpReplyCode = random.nextInt(660);
    return packet;
  }
}
