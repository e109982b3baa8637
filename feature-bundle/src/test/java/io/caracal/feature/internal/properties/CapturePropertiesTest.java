package io.caracal.feature.internal.properties;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.PacketHeaders;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of the flows and columns of any capture, tried on real ones. */
class CapturePropertiesTest {
  private static final int BURST = 64;
  private static final int ROOM = 100_000; // thousands of captures, a table for each

  @TempDir private Path folder;

  private static FlowTable table(FlowListener listener) {
    return new BoundedFlowTables().create(FlowSettings.DEFAULT.withMaxFlows(ROOM), listener);
  }

  private static List<Seen> flows(Iterable<PacketHeaders> packets) {
    List<Seen> seen = new ArrayList<>();
    FlowTable table = table(flow -> seen.add(Seen.of(flow)));
    packets.forEach(packet -> table.accept(packet, packet.truncated));
    table.flush();
    return seen;
  }

  @ParameterizedTest
  @MethodSource("io.caracal.feature.internal.properties.Capture#all")
  void everyPacketAndByteIsInOneFlow(Path capture) throws IOException {
    long[] in = new long[2];
    long[] out = new long[2];
    FlowTable table =
        table(
            flow -> {
              if (flow.reason() != EndReason.CHECKPOINT) {
                out[0] += flow.forward().packets() + flow.backward().packets();
                out[1] += flow.forward().ipBytes() + flow.backward().ipBytes();
              }
            });
    try {
      Capture.decode(
          capture,
          BURST,
          packet -> {
            in[0]++;
            in[1] += packet.ipLength;
            table.accept(packet, packet.truncated);
          });
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith(capture + " "); // no capture at all
    }
    table.flush();
    out[0] += table.counters().unsampledPackets();
    out[1] += table.counters().unsampledBytes();
    assertThat(out).isEqualTo(in);
    assertThat(table.counters().active()).isZero();
  }

  @Test
  void whereSourceAndDestinationAreExchangedOnlyTheEndsAre() throws IOException {
    List<PacketHeaders> packets = Capture.packets(Capture.SAMPLE);
    packets.removeIf(packet -> packet.protocol == PacketHeaders.ICMP); // types, not ports
    packets.removeIf(packet -> packet.protocol == PacketHeaders.ICMPV6);
    List<Seen> there = flows(packets);
    packets.forEach(CapturePropertiesTest::exchange);
    List<Seen> back = flows(packets);
    assertThat(back).hasSameSizeAs(there);
    for (int i = 0; i < there.size(); i++) {
      FlowIdentity who = there.get(i).who();
      assertThat(back.get(i).who().source()).isEqualTo(who.destination());
      assertThat(back.get(i).who().destinationPort()).isEqualTo(who.sourcePort());
      assertThat(back.get(i).forward()).as("forward of %s", who).isEqualTo(there.get(i).forward());
      assertThat(back.get(i).backward()).as("%s", who).isEqualTo(there.get(i).backward());
      assertThat(back.get(i).history()).isEqualTo(there.get(i).history());
      assertThat(back.get(i).reason()).isEqualTo(there.get(i).reason());
    }
  }

  private static void exchange(PacketHeaders packet) {
    long high = packet.sourceHigh;
    long low = packet.sourceLow;
    int port = packet.sourcePort;
    packet.sourceHigh = packet.destinationHigh;
    packet.sourceLow = packet.destinationLow;
    packet.sourcePort = packet.destinationPort;
    packet.destinationHigh = high;
    packet.destinationLow = low;
    packet.destinationPort = port;
  }

  /** A flow that begins with a SYN+ACK in place of a SYN has its directions the other way. */
  @Test
  void forwardAndBackwardAreTreatedAlike() throws IOException {
    List<PacketHeaders> packets = Capture.packets(Capture.SAMPLE);
    packets.removeIf(packet -> packet.protocol != PacketHeaders.TCP);
    Map<String, Seen> before = firstEnds(flows(packets));
    Set<String> known = new HashSet<>();
    for (PacketHeaders packet : packets) {
      if (known.add(connection(packet)) && packet.tcpFlags == SYN) {
        packet.tcpFlags |= ACK;
      }
    }
    Map<String, Seen> after = firstEnds(flows(packets));
    int turned = 0;
    for (Map.Entry<String, Seen> entry : before.entrySet()) {
      Seen one = entry.getValue();
      Seen other = after.get(entry.getKey());
      if (one.history().startsWith("S") && one.reason() != EndReason.ACTIVE) {
        turned++;
        assertThat(other.forward()).as("%s", one.who()).isEqualTo(one.backward());
        assertThat(other.backward()).as("%s", one.who()).isEqualTo(one.forward());
      }
    }
    assertThat(turned).isGreaterThan(2000);
  }

  private static Map<String, Seen> firstEnds(List<Seen> flows) {
    Map<String, Seen> ends = new LinkedHashMap<>();
    for (Seen flow : flows) {
      if (flow.reason() != EndReason.CHECKPOINT) {
        PacketHeaders packet = new PacketHeaders();
        packet.sourceLow = flow.who().sourceLow();
        packet.destinationLow = flow.who().destinationLow();
        packet.sourcePort = flow.who().sourcePort();
        packet.destinationPort = flow.who().destinationPort();
        ends.putIfAbsent(connection(packet), flow);
      }
    }
    return ends;
  }

  private static String connection(PacketHeaders packet) {
    String one = packet.sourceLow + ":" + packet.sourcePort;
    String other = packet.destinationLow + ":" + packet.destinationPort;
    return one.compareTo(other) < 0 ? one + "-" + other : other + "-" + one;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void burstsOfAnySizeGiveTheSameRecords(long seed) throws IOException {
    List<PacketHeaders> packets = Capture.packets(Capture.SAMPLE);
    List<Seen> seen = new ArrayList<>();
    FlowTable table = table(flow -> seen.add(Seen.of(flow)));
    Random random = new Random(seed);
    for (int from = 0; from < packets.size(); ) {
      int to = Math.min(packets.size(), from + 1 + random.nextInt(3 * BURST));
      table.accept(packets.subList(from, to).toArray(PacketHeaders[]::new), to - from);
      from = to;
    }
    table.flush();
    assertThat(seen.equals(flows(packets))).as("records in bursts are those one by one").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void pollsOfAnySizeGiveTheSameRecords(int poll) throws IOException {
    List<PacketHeaders> packets = new ArrayList<>();
    Capture.decode(Capture.SAMPLE, poll, packets::add);
    assertThat(flows(packets).equals(flows(Capture.packets(Capture.SAMPLE))))
        .as("records of polls of %d are those of others", poll)
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60_000, 184_752})
  void aCaptureInTwoFilesGivesTheSameRecords(int first) throws IOException {
    try (Pcap one = new Pcap(folder.resolve("1.pcap"));
        Pcap two = new Pcap(folder.resolve("2.pcap"))) {
      Capture.each(Capture.SAMPLE, BURST, frame -> (one.frames() < first ? one : two).write(frame));
    }
    assertThat(flows(Capture.packets(folder)).equals(flows(Capture.packets(Capture.SAMPLE))))
        .as("records of two files, cut after %d packets, are those of one", first)
        .isTrue();
  }
}
