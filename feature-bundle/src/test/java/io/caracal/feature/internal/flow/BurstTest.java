package io.caracal.feature.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.Packet;
import io.caracal.feature.internal.SeenFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BurstTest {
  private static final int PACKETS = 20_000;
  private static final FlowSettings TIGHT =
      new FlowSettings(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          List.of(2, 5),
          Duration.ofSeconds(2),
          60,
          FlowSettings.Key.FULL,
          new FlowSettings.Emergency(Duration.ofMillis(500), 3));

  private static PacketHeaders[] packets() {
    Random random = new Random(11);
    PacketHeaders[] packets = new PacketHeaders[PACKETS];
    long micros = 0;
    for (int i = 0; i < PACKETS; i++) {
      micros += random.nextInt(200) == 0 ? 3_000_000 : random.nextInt(20_000);
      Packet packet =
          random.nextBoolean()
              ? Packet.tcp(micros, random.nextInt(256), random.nextInt(100))
              : Packet.udp(micros, random.nextInt(100));
      packet.clientPort(random.nextInt(100));
      packets[i] = (random.nextBoolean() ? packet.reply() : packet).headers();
      packets[i].truncated = random.nextInt(50) == 0;
    }
    return packets;
  }

  @Test
  void packetsThatComeTogetherCountAsOneByOne() {
    PacketHeaders[] packets = packets();
    List<SeenFlow> alone = new ArrayList<>();
    BoundedFlowTable table = new BoundedFlowTable(TIGHT, flow -> alone.add(SeenFlow.of(flow)), 0);
    for (PacketHeaders packet : packets) {
      table.accept(packet, packet.truncated);
    }
    table.flush();

    List<SeenFlow> together = new ArrayList<>();
    table = new BoundedFlowTable(TIGHT, flow -> together.add(SeenFlow.of(flow)), 0);
    Random random = new Random(12);
    int from = 0;
    while (from < PACKETS) {
      int size = Math.min(PACKETS - from, random.nextInt(200));
      PacketHeaders[] burst = new PacketHeaders[size + 1];
      System.arraycopy(packets, from, burst, 0, size);
      burst[size] = new PacketHeaders(); // beyond the count
      table.accept(burst, size);
      from += size;
    }
    table.flush();
    assertThat(together).isEqualTo(alone).hasSizeGreaterThan(1000);
  }

  @Test
  void aListenerThatThrowsLosesNoOtherPacketOfTheBurst() {
    BoundedFlowTable table =
        new BoundedFlowTable(
            FlowSettings.DEFAULT,
            flow -> {
              throw new IllegalStateException("broken");
            },
            0);
    PacketHeaders[] burst = new PacketHeaders[20];
    for (int i = 0; i < burst.length; i++) {
      burst[i] = Packet.udp(i, 1).clientPort(i < 10 ? 1 : i).headers();
    }
    // The eighth packet of port 1 makes a checkpoint.
    assertThatThrownBy(() -> table.accept(burst, burst.length)).hasMessage("broken");
    assertThat(table.counters().active()).isEqualTo(11);
  }
}
