package io.caracal.feature.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.Moments;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flow table against {@link ReferenceTable} on random packets of few keys, all times. */
class ReferenceTableTest {
  private static final int PACKETS = 6_000;
  private static final FlowSettings SETTINGS =
      new FlowSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          List.of(),
          Duration.ofDays(1),
          10_000);

  private static final RecursiveComparisonConfiguration NEARLY =
      RecursiveComparisonConfiguration.builder()
          .withComparatorForType(ReferenceTableTest::nearly, Double.class)
          .build();

  /** What is compared. */
  private record Seen(
      long id,
      EndReason reason,
      long start,
      long last,
      List<Side> sides,
      Spread interArrival,
      List<Integer> firstPayloads,
      List<Integer> firstFlags) {
    static Seen of(FlowRecord flow) {
      return new Seen(
          flow.flowId(),
          flow.reason(),
          flow.startNanos(),
          flow.lastNanos(),
          List.of(flow.forward(), flow.backward()).stream()
              .map(
                  side ->
                      new Side(
                          side.packets(),
                          side.ipBytes(),
                          side.minIpLength(),
                          side.maxIpLength(),
                          side.minTtl(),
                          side.maxTtl(),
                          side.flagCount(PacketHeaders.PSH),
                          side.flagCount(PacketHeaders.SYN),
                          side.startNanos(),
                          Spread.of(side.payloadLength()),
                          Spread.of(side.interArrival())))
              .toList(),
          Spread.of(flow.interArrival()),
          IntStream.range(0, flow.packets().size())
              .mapToObj(flow.packets()::payloadLength)
              .toList(),
          IntStream.range(0, flow.packets().size()).mapToObj(flow.packets()::tcpFlags).toList());
    }

    static Seen of(ReferenceTable.Ended flow) {
      List<PacketHeaders> first = flow.packets().stream().limit(32).toList();
      return new Seen(
          flow.id(),
          flow.reason(),
          flow.packets().get(0).timeNanos,
          flow.packets().stream().mapToLong(packet -> packet.timeNanos).max().orElseThrow(),
          List.of(Side.of(side(flow, true)), Side.of(side(flow, false))),
          Spread.of(gaps(flow.packets())),
          first.stream().map(packet -> packet.payloadLength).toList(),
          first.stream().map(packet -> packet.tcpFlags).toList());
    }
  }

  private record Side(
      long packets,
      long ipBytes,
      int minIpLength,
      int maxIpLength,
      int minTtl,
      int maxTtl,
      long psh,
      long syn,
      long start,
      Spread payload,
      Spread interArrival) {
    static Side of(List<PacketHeaders> packets) {
      return new Side(
          packets.size(),
          packets.stream().mapToLong(p -> p.ipLength).sum(),
          packets.stream().mapToInt(p -> p.ipLength).min().orElse(0),
          packets.stream().mapToInt(p -> p.ipLength).max().orElse(0),
          packets.stream().mapToInt(p -> p.ttl).min().orElse(0),
          packets.stream().mapToInt(p -> p.ttl).max().orElse(0),
          packets.stream().filter(p -> (p.tcpFlags & PacketHeaders.PSH) != 0).count(),
          packets.stream().filter(p -> (p.tcpFlags & PacketHeaders.SYN) != 0).count(),
          packets.isEmpty() ? 0 : packets.get(0).timeNanos,
          Spread.of(packets.stream().mapToLong(p -> p.payloadLength).toArray()),
          Spread.of(gaps(packets)));
    }
  }

  private record Spread(long count, double min, double max, double sum, double deviation) {
    static Spread of(Moments moments) {
      return new Spread(
          moments.count(), moments.min(), moments.max(), moments.sum(), moments.deviation());
    }

    static Spread of(long... values) {
      double mean = LongStream.of(values).average().orElse(0);
      double squares = LongStream.of(values).mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return new Spread(
          values.length,
          LongStream.of(values).min().orElse(0),
          LongStream.of(values).max().orElse(0),
          LongStream.of(values).sum(),
          values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }
  }

  private static List<PacketHeaders> side(ReferenceTable.Ended flow, boolean forward) {
    return IntStream.range(0, flow.packets().size())
        .filter(i -> flow.forward().get(i) == forward)
        .mapToObj(flow.packets()::get)
        .toList();
  }

  /** Times between packets; none where time goes backwards. */
  private static long[] gaps(List<PacketHeaders> packets) {
    long[] gaps = new long[Math.max(0, packets.size() - 1)];
    long last = packets.isEmpty() ? 0 : packets.get(0).timeNanos;
    for (int i = 0; i < gaps.length; i++) {
      long time = packets.get(i + 1).timeNanos;
      gaps[i] = Math.max(0, time - last);
      last = Math.max(last, time);
    }
    return gaps;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bothTablesMakeTheSameFlows(long seed) {
    Random random = new Random(seed);
    List<Seen> seen = new ArrayList<>();
    BoundedFlowTable table = new BoundedFlowTable(SETTINGS, flow -> seen.add(Seen.of(flow)), 0);
    ReferenceTable reference = new ReferenceTable(SETTINGS);
    long micros = 0;
    for (int i = 0; i < PACKETS; i++) {
      micros += random.nextInt(50) == 0 ? random.nextInt(6_000_000) : random.nextInt(30_000);
      PacketHeaders packet = packet(random, micros);
      table.accept(packet, false);
      reference.accept(packet);
    }
    table.flush();
    seen.sort(Comparator.comparingLong(Seen::id));
    List<Seen> expected = reference.flush().stream().map(Seen::of).toList();
    assertThat(seen).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(seen.get(i)).usingRecursiveComparison(NEARLY).isEqualTo(expected.get(i));
    }
    assertThat(seen).extracting(Seen::reason).contains(EndReason.FIN, EndReason.RST);
    assertThat(seen).extracting(Seen::reason).contains(EndReason.IDLE, EndReason.ACTIVE);
  }

  private static int nearly(double one, double other) {
    double largest = Math.max(Math.abs(one), Math.abs(other));
    return Math.abs(one - other) <= largest * 1e-9 + 1e-3 ? 0 : Double.compare(one, other);
  }

  private static PacketHeaders packet(Random random, long now) {
    boolean late = random.nextInt(10) == 0;
    long micros = now - (late ? random.nextInt(random.nextInt(10) == 0 ? 7_000_000 : 50_000) : 0);
    int flags = random.nextInt(3) == 0 ? random.nextInt(256) & ~PacketHeaders.RST : 0x10;
    flags |= random.nextInt(40) == 0 ? PacketHeaders.RST : 0;
    Packet packet =
        random.nextBoolean()
            ? Packet.tcp(micros, flags, random.nextInt(1400))
            : Packet.udp(micros, random.nextInt(3000));
    packet.clientPort(random.nextInt(12)).ttl(1 + random.nextInt(255)).vlan(random.nextInt(2));
    return (random.nextBoolean() ? packet.reply() : packet).headers();
  }
}
