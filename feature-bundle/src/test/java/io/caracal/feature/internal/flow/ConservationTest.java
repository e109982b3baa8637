package io.caracal.feature.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.Packet;
import io.caracal.feature.internal.SeenFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes, every packet is in exactly one ended record or counted as not sampled, and every
 * run gives the same.
 */
class ConservationTest {
  private static final int PACKETS = 50_000;
  private static final FlowSettings TIGHT =
      new FlowSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          List.of(2, 5),
          Duration.ofSeconds(2),
          40,
          FlowSettings.Key.FULL,
          new FlowSettings.Emergency(Duration.ofSeconds(1), 3));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsLostOrCountedTwice(long seed) {
    List<SeenFlow> records = new ArrayList<>();
    Fed fed = feed(seed, records);

    Map<EndReason, Integer> reasons = new HashMap<>();
    records.forEach(flow -> reasons.merge(flow.reason(), 1, Integer::sum));
    assertThat(reasons.keySet()).containsExactlyInAnyOrder(EndReason.values());

    List<SeenFlow> ended =
        records.stream().filter(flow -> flow.reason() != EndReason.CHECKPOINT).toList();
    assertThat(ended.stream().mapToLong(SeenFlow::packets).sum())
        .isEqualTo(PACKETS - fed.counters.unsampledPackets());
    assertThat(ended.stream().mapToLong(SeenFlow::ipBytes).sum())
        .isEqualTo(fed.bytes - fed.counters.unsampledBytes());
    assertThat(fed.counters.unsampledPackets()).isPositive();
    assertThat(ended).extracting(SeenFlow::id).doesNotHaveDuplicates().hasSize(ended.size());
    assertThat(ended).allMatch(flow -> flow.lastMicros() >= flow.startMicros());
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void theSamePacketsGiveTheSameRecordsInTheSameOrder(long seed) {
    List<SeenFlow> first = new ArrayList<>();
    List<SeenFlow> second = new ArrayList<>();
    feed(seed, first);
    feed(seed, second);
    assertThat(second).isEqualTo(first);
  }

  private record Fed(long bytes, FlowCounters counters) {}

  private static Fed feed(long seed, List<SeenFlow> records) {
    Random random = new Random(seed);
    BoundedFlowTable table = new BoundedFlowTable(TIGHT, flow -> records.add(SeenFlow.of(flow)), 0);
    long bytes = 0;
    long micros = 0;
    for (int i = 0; i < PACKETS; i++) {
      micros += random.nextInt(100) == 0 ? random.nextInt(6_000_000) : random.nextInt(20_000);
      PacketHeaders packet = randomPacket(random, micros);
      bytes += packet.ipLength;
      table.accept(packet, random.nextInt(50) == 0);
    }
    table.flush();
    assertThat(table.counters().ended().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(records.size());
    return new Fed(bytes, table.counters());
  }

  private static PacketHeaders randomPacket(Random random, long now) {
    long micros = now - (random.nextInt(10) == 0 ? random.nextInt(30_000) : 0);
    // Few busy keys live long, many quiet ones press against the bound.
    int port = random.nextInt(3) == 0 ? random.nextInt(5) : random.nextInt(100);
    Packet packet =
        random.nextBoolean()
            ? Packet.tcp(micros, flags(random), random.nextInt(1400)).sequence(random.nextInt())
            : Packet.udp(micros, random.nextInt(1400));
    packet.clientPort(port);
    return (random.nextBoolean() ? packet.reply() : packet).headers();
  }

  private static int flags(Random random) {
    int flags = PacketHeaders.ACK;
    flags |= random.nextInt(40) == 0 ? PacketHeaders.FIN : 0;
    flags |= random.nextInt(100) == 0 ? PacketHeaders.RST : 0;
    return random.nextInt(20) == 0 ? PacketHeaders.SYN : flags;
  }
}
