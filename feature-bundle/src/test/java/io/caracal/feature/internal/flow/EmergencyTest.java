package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowSettings;
import io.caracal.feature.internal.Packet;
import io.caracal.feature.internal.SeenFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table of 100 flows; 90 of them, each of one packet, have brought it into an emergency. */
class EmergencyTest {
  private static final long SECOND = 1_000_000;
  private static final int SAMPLING = 4;

  private final List<SeenFlow> records = new ArrayList<>();
  private final BoundedFlowTable table =
      new BoundedFlowTable(settings(SAMPLING), flow -> records.add(SeenFlow.of(flow)), 0);

  EmergencyTest() {
    fill(90, 0);
  }

  private static FlowSettings settings(int sampling) {
    FlowSettings s = FlowSettings.DEFAULT;
    return new FlowSettings(
        s.idleTimeout(),
        s.activeTimeout(),
        s.activityTimeout(),
        List.of(),
        s.checkpointInterval(),
        100,
        s.key(),
        new FlowSettings.Emergency(Duration.ofSeconds(5), sampling));
  }

  private void fill(int flows, long micros) {
    for (int port = 1; port <= flows; port++) {
      send(Packet.udp(micros, 10).clientPort(port));
    }
  }

  private void send(Packet packet) {
    table.accept(packet.headers(), false);
  }

  private long active() {
    return table.counters().active();
  }

  @Test
  void beginsWhenTheTableIsNearlyFull() {
    assertThat(table.counters().emergency()).isTrue();
    assertThat(table.counters().emergencies()).isEqualTo(1);
    assertThat(table.counters().unsampledPackets()).isZero();
  }

  @Test
  void ofNewFlowsOnlyASampleIsKeptTheRestIsCounted() {
    for (int port = 1001; port <= 1008; port++) {
      send(Packet.udp(1, 10).clientPort(port));
    }
    assertThat(active()).isEqualTo(92);
    assertThat(table.counters().unsampledPackets()).isEqualTo(6);
    assertThat(table.counters().unsampledBytes()).isEqualTo(6 * 38);
  }

  @Test
  void aFlowThatWasNotSampledIsKeptFromItsSecondPacketOn() {
    send(Packet.udp(1, 10).clientPort(1001));
    assertThat(active()).isEqualTo(90);
    send(Packet.udp(2, 10).clientPort(1001).reply());
    assertThat(active()).isEqualTo(91);
    table.flush();
    assertThat(records).filteredOn(flow -> flow.identity().destinationPort() == 1001).hasSize(1);
    assertThat(table.counters().unsampledPackets()).isEqualTo(1);
  }

  @Test
  void firstPacketsAreForgottenAfterAWhile() {
    send(Packet.udp(1, 10).clientPort(1001));
    // Its flows have more than one packet by now, so that the emergency goes on.
    fill(90, 4 * SECOND);
    send(Packet.udp(6 * SECOND, 10).clientPort(1001));
    assertThat(table.counters().unsampledPackets()).isEqualTo(2);
  }

  @Test
  void aConnectionThatIsAcknowledgedIsKeptAtOnce() {
    send(Packet.tcp(1, ACK, 100).clientPort(1001));
    send(Packet.tcp(2, SYN, 0).clientPort(1002));
    assertThat(active()).isEqualTo(91);
    assertThat(table.counters().unsampledPackets()).isEqualTo(1);
  }

  @Test
  void knownFlowsGoOnAndThoseOfOnePacketEndEarlyAFewAtATime() {
    send(Packet.udp(SECOND, 10).clientPort(1));
    send(Packet.udp(6 * SECOND, 10).clientPort(1));
    assertThat(records).extracting(SeenFlow::reason).hasSize(8).containsOnly(EndReason.IDLE);
    assertThat(records).extracting(f -> f.identity().sourcePort()).doesNotContain(1);
    send(Packet.udp(6 * SECOND, 10).clientPort(1));
    send(Packet.udp(6 * SECOND, 10).clientPort(1));
    assertThat(active()).isEqualTo(70);
    assertThat(table.counters().emergency()).isFalse();
    send(Packet.udp(6 * SECOND, 10).clientPort(2000));
    assertThat(active()).isEqualTo(71);
  }

  @Test
  void everyPacketIsInAFlowOrCountedAsUnsampled() {
    long sent = 90;
    for (int round = 0; round < 20; round++) {
      for (int port = 1; port <= 50; port++, sent += 2) {
        send(Packet.udp(round * SECOND, 10).clientPort(1000 * round + port));
        send(Packet.tcp(round * SECOND, SYN, 0).clientPort(port));
      }
    }
    table.flush();
    long counted = records.stream().mapToLong(SeenFlow::packets).sum();
    assertThat(table.counters().unsampledPackets()).isPositive();
    assertThat(counted + table.counters().unsampledPackets()).isEqualTo(sent);
  }

  @Test
  void aFloodNeitherEvictsNorStarvesEstablishedFlows() {
    BoundedFlowTable flooded =
        new BoundedFlowTable(settings(1), flow -> records.add(SeenFlow.of(flow)), 0);
    for (int port = 1; port <= 50; port++) {
      flooded.accept(Packet.tcp(0, SYN, 0).clientPort(port).headers(), false);
    }
    for (int second = 0; second < 30; second++) {
      for (int port = 1; port <= 50; port++) {
        flooded.accept(Packet.tcp(second * SECOND, ACK, 10).clientPort(port).headers(), false);
      }
      for (int spoofed = 0; spoofed < 1000; spoofed++) {
        Packet syn = Packet.tcp(second * SECOND, SYN, 0).addresses(1000L * second + spoofed, 1);
        flooded.accept(syn.headers(), false);
      }
    }
    flooded.flush();
    assertThat(records).filteredOn(flow -> flow.packets() == 31).hasSize(50);
    assertThat(records).filteredOn(flow -> flow.packets() == 1).hasSize(30_000);
    assertThat(records).hasSize(30_050);
  }

  @Test
  void aSettingThatMakesNoSenseIsNamed() {
    assertThatThrownBy(() -> new BoundedFlowTable(settings(0), flow -> {}, 0))
        .hasMessageContaining("emergency.sampling is 0");
  }
}
