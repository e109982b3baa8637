package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.Encapsulation.GENEVE;
import static io.caracal.api.packet.Encapsulation.GRE;
import static io.caracal.api.packet.Encapsulation.GTP_U;
import static io.caracal.api.packet.Encapsulation.IP_IN_IP;
import static io.caracal.api.packet.Encapsulation.NONE;
import static io.caracal.api.packet.Encapsulation.VXLAN;
import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.RST;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.feature.internal.Packet;
import io.caracal.feature.internal.SeenFlow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoundedFlowTableTest {
  private static final long SECOND = 1_000_000;

  private final List<SeenFlow> records = new ArrayList<>();

  private FlowTable table = table(FlowSettings.DEFAULT);

  private FlowTable table(FlowSettings settings) {
    return new BoundedFlowTable(settings, flow -> records.add(SeenFlow.of(flow)), 0);
  }

  private static FlowSettings room(int maxFlows) {
    FlowSettings s = FlowSettings.DEFAULT;
    return new FlowSettings(
        s.idleTimeout(),
        s.activeTimeout(),
        s.activityTimeout(),
        s.checkpointPackets(),
        s.checkpointInterval(),
        maxFlows,
        s.key(),
        new FlowSettings.Emergency(s.emergency().idleTimeout(), 1)); // every new flow is kept
  }

  private void send(Packet... packets) {
    for (Packet packet : packets) {
      table.accept(packet.headers(), false);
    }
  }

  private void advance(long micros) {
    table.advance(Packet.EPOCH + micros * 1000);
  }

  private List<EndReason> reasons() {
    return records.stream().map(SeenFlow::reason).toList();
  }

  @Nested
  class Keys {
    @Test
    void bothDirectionsAreOneFlowAndTheFirstSenderIsTheInitiator() {
      send(Packet.udp(0, 10).reply(), Packet.udp(5, 20), Packet.udp(9, 30).reply());
      table.flush();

      assertThat(records).hasSize(1);
      SeenFlow flow = records.get(0);
      assertThat(flow.forwardPackets()).isEqualTo(2);
      assertThat(flow.backwardPackets()).isEqualTo(1);
      assertThat(flow.identity().source()).isEqualTo("10.0.0.2");
      assertThat(flow.identity().sourcePort()).isEqualTo(53);
      assertThat(flow.ipBytes()).isEqualTo(3 * 28 + 60);
    }

    @Test
    void aFlowFirstSeenWithSynAckWasStartedByTheOtherSide() {
      send(Packet.tcp(0, SYN | ACK, 0).reply(), Packet.tcp(10, ACK, 0));
      table.flush();

      assertThat(records).hasSize(1);
      assertThat(records.get(0).identity().source()).isEqualTo("10.0.0.1");
      assertThat(records.get(0).forwardPackets()).isEqualTo(1);
      assertThat(records.get(0).backwardPackets()).isEqualTo(1);
      assertThat(records.get(0).history()).isEqualTo("hA");
    }

    @Test
    void portVlanProtocolAndIpVersionSeparateFlows() {
      send(
          Packet.udp(0, 1),
          Packet.udp(1, 1).clientPort(40001),
          Packet.udp(2, 1).vlan(7),
          Packet.udp(3, 1).ipv6(),
          Packet.tcp(4, SYN, 0));
      table.flush();
      assertThat(records).hasSize(5).allMatch(flow -> flow.packets() == 1);
    }

    @Test
    void theHighestVlansLeaveThePortsAlone() {
      int vlan = 0xFF_FFFF;
      for (int packet = 0; packet < 8; packet++) {
        send(Packet.udp(packet, 1).vlan(vlan));
      }
      assertThat(records).hasSize(1); // the checkpoint
      assertThat(records.get(0).identity().vlan()).isEqualTo(vlan);
      assertThat(records.get(0).identity().sourcePort()).isEqualTo(40000);
      assertThat(records.get(0).identity().destinationPort()).isEqualTo(53);

      send(Packet.udp(9, 1).vlan(vlan).clientPort(40001));
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(8L, 8L, 1L);
    }

    private FlowSettings by(boolean vlan, boolean tunnel) {
      FlowSettings s = FlowSettings.DEFAULT;
      return new FlowSettings(
          s.idleTimeout(),
          s.activeTimeout(),
          s.activityTimeout(),
          s.checkpointPackets(),
          s.checkpointInterval(),
          s.maxFlows(),
          new FlowSettings.Key(vlan, tunnel),
          s.emergency());
    }

    @Test
    void aVlanThatDoesNotCountIsNotInTheRecord() {
      table = table(by(false, true));
      send(Packet.udp(0, 1).vlan(7), Packet.udp(1, 1).vlan(8).reply());
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(2L);
      assertThat(records.get(0).identity().vlan()).isZero();
    }

    @Test
    void tunnelsSeparateFlowsByKindAndNetwork() {
      send(
          Packet.udp(0, 1),
          Packet.udp(1, 1).inside(VXLAN, 7),
          Packet.udp(2, 1).inside(VXLAN, 7).reply(),
          Packet.udp(3, 1).inside(VXLAN, -8),
          Packet.udp(4, 1).inside(GENEVE, 7),
          Packet.udp(5, 1).inside(IP_IN_IP, 0));
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(1L, 2L, 1L, 1L, 1L);
      assertThat(records)
          .extracting(f -> f.identity().encapsulation())
          .containsExactly(NONE, VXLAN, VXLAN, GENEVE, IP_IN_IP);
      assertThat(records).extracting(f -> f.identity().tunnelId()).containsExactly(0, 7, -8, 7, 0);
    }

    @Test
    void tunnelIdsThatDifferByDirectionDoNotCount() {
      send(
          Packet.udp(0, 1).inside(GTP_U, 100),
          Packet.udp(1, 1).inside(GTP_U, 200).reply(),
          Packet.udp(2, 1).inside(GRE, 1),
          Packet.udp(3, 1).inside(GRE, 2).reply());
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(2L, 2L);
      assertThat(records).extracting(f -> f.identity().tunnelId()).containsExactly(0, 0);
    }

    @Test
    void tunnelsThatDoNotCountAreNotInTheRecord() {
      table = table(by(true, false));
      send(Packet.udp(0, 1), Packet.udp(1, 1).inside(VXLAN, 7).reply());
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(2L);
      assertThat(records.get(0).identity().encapsulation()).isEqualTo(NONE);
    }

    @Test
    void swappedAddressesWithEqualPortsAreTheOtherDirectionButSwappedPortsAloneAreNot() {
      send(
          Packet.udp(0, 1).clientPort(53),
          Packet.udp(1, 1).clientPort(53).reply(),
          Packet.udp(2, 1).clientPort(9),
          Packet.udp(3, 1).clientPort(9).reply().addresses(0x0A00_0001L, 0x0A00_0002L));
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(2L, 1L, 1L);
    }

    @Test
    void anEchoAndItsReplyAreOneFlowOneWayMessagesAreNot() {
      send(Packet.icmp(0, 8, 0, false), Packet.icmp(1, 8, 0, false).reply());
      send(Packet.icmp(2, 3, 3, true), Packet.icmp(3, 3, 3, true).reply());
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(2L, 1L, 1L);
    }
  }

  @Nested
  class Closing {
    @Test
    void mutualFinClosesAndTrailingPacketsStillCount() {
      send(
          Packet.tcp(0, SYN, 0),
          Packet.tcp(10, SYN | ACK, 0).reply(),
          Packet.tcp(20, ACK, 0),
          Packet.tcp(30, PSH | ACK, 5),
          Packet.tcp(40, FIN | ACK, 0),
          Packet.tcp(50, FIN | ACK, 0).reply(),
          Packet.tcp(60, ACK, 0),
          Packet.tcp(70, RST, 0));
      assertThat(records).isEmpty();

      advance(50 + SECOND);
      assertThat(records).isEmpty();
      advance(51 + SECOND);
      assertThat(reasons()).containsExactly(EndReason.FIN);
      assertThat(records.get(0).packets()).isEqualTo(8);
      assertThat(records.get(0).history()).isEqualTo("ShADFfR");
    }

    @Test
    void oneFinAloneLeavesTheFlowOpen() {
      send(Packet.tcp(0, ACK, 1), Packet.tcp(10, FIN | ACK, 0), Packet.tcp(20, FIN | ACK, 0));
      advance(100 * SECOND);
      assertThat(records).isEmpty();
      advance(121 * SECOND);
      assertThat(reasons()).containsExactly(EndReason.IDLE);
    }

    @Test
    void rstClosesAndPacketsAfterTheLingerStartAnotherFlow() {
      send(
          Packet.tcp(0, SYN, 0),
          Packet.tcp(10, RST | ACK, 0).reply(),
          Packet.tcp(20 + SECOND, ACK, 0).reply());
      assertThat(reasons()).containsExactly(EndReason.RST);
      table.flush();
      assertThat(reasons()).containsExactly(EndReason.RST, EndReason.END_OF_CAPTURE);
      assertThat(records.get(1).identity().source()).isEqualTo("10.0.0.2");
    }

    @Test
    void aSynOnAClosedFlowEndsItAtOnceAndStartsAnother() {
      send(
          Packet.tcp(0, SYN, 0),
          Packet.tcp(10, RST | ACK, 0).reply(),
          Packet.tcp(20, SYN, 0),
          Packet.tcp(30, RST | ACK, 0).reply());
      assertThat(reasons()).containsExactly(EndReason.RST);
      table.flush();
      assertThat(reasons()).containsExactly(EndReason.RST, EndReason.RST);
      assertThat(records).extracting(SeenFlow::packets).containsExactly(2L, 2L);
      assertThat(records).extracting(SeenFlow::id).containsExactly(0L, 1L);
    }

    @Test
    void aRetransmittedSynOnAnOpenFlowBelongsToIt() {
      send(Packet.tcp(0, SYN, 0), Packet.tcp(SECOND, SYN, 0), Packet.tcp(3 * SECOND, SYN, 0));
      table.flush();
      assertThat(records).hasSize(1);
    }
  }

  @Nested
  class Timeouts {
    @Test
    void aFlowIsIdleAfterMoreThanTheIdleTimeoutNotBefore() {
      send(Packet.udp(0, 1));
      advance(120 * SECOND);
      assertThat(records).isEmpty();
      advance(120 * SECOND + 1);
      assertThat(reasons()).containsExactly(EndReason.IDLE);
      assertThat(table.counters().active()).isZero();
    }

    @Test
    void anotherFlowsPacketExpiresIdleOnesInOrderOfLastActivity() {
      send(
          Packet.udp(0, 1).clientPort(1),
          Packet.udp(1, 1).clientPort(2),
          Packet.udp(2, 1).clientPort(1),
          Packet.udp(200 * SECOND, 1).clientPort(3));
      assertThat(records).extracting(flow -> flow.identity().sourcePort()).containsExactly(2, 1);
    }

    @Test
    void expiredFlowsComeInOrderOfTheirDeadlinesWhetherIdleOrClosed() {
      send(
          Packet.udp(0, 1),
          Packet.tcp(118 * SECOND, SYN, 0),
          Packet.tcp(118 * SECOND, RST | ACK, 0).reply(),
          Packet.udp(2 * SECOND, 1).clientPort(9),
          Packet.udp(300 * SECOND, 1).clientPort(10));
      assertThat(reasons()).containsExactly(EndReason.RST, EndReason.IDLE, EndReason.IDLE);
    }

    @Test
    void theActiveTimeoutKeepsTheDirectionUnderANewFlowId() {
      for (long second = 0; second <= 1800; second += 100) {
        send(Packet.tcp(second * SECOND, ACK, 1));
      }
      send(Packet.tcp(1801 * SECOND, ACK, 1).reply());
      assertThat(records).filteredOn(flow -> flow.reason() != EndReason.CHECKPOINT).hasSize(1);
      SeenFlow first = records.get(records.size() - 1);
      assertThat(first.reason()).isEqualTo(EndReason.ACTIVE);
      assertThat(first.packets()).isEqualTo(19);

      records.clear();
      table.flush();
      assertThat(records).hasSize(1);
      SeenFlow second = records.get(0);
      assertThat(second.identity()).isEqualTo(first.identity());
      assertThat(second.id()).isEqualTo(first.id() + 1);
      assertThat(second.forwardPackets()).isZero();
      assertThat(second.backwardPackets()).isEqualTo(1);
      assertThat(second.startMicros()).isEqualTo(1801 * SECOND);
      assertThat(second.checkpoint()).isZero();
    }

    @Test
    void aFinBeforeTheActiveTimeoutCountsTowardsMutualFinAfterIt() {
      send(Packet.tcp(0, FIN | ACK, 0));
      for (long second = 100; second <= 1900; second += 100) {
        send(Packet.tcp(second * SECOND, ACK, 1).reply());
      }
      records.clear();
      send(Packet.tcp(1950 * SECOND, FIN | ACK, 0).reply());
      advance(1952 * SECOND);
      assertThat(reasons()).containsExactly(EndReason.FIN);
    }
  }

  @Nested
  class Checkpoints {
    @Test
    void comeAtPacketCountsThenAtIntervalsAndCarryTheCountsSoFar() {
      for (int packet = 0; packet < 40; packet++) {
        send(Packet.udp(packet * SECOND, 1));
      }
      assertThat(records).extracting(SeenFlow::checkpoint).containsExactly(1, 2);
      assertThat(records).extracting(SeenFlow::packets).containsExactly(8L, 32L);
      assertThat(reasons()).containsOnly(EndReason.CHECKPOINT);

      send(Packet.udp(60 * SECOND, 1), Packet.udp(61 * SECOND, 1), Packet.udp(90 * SECOND, 1));
      assertThat(records).hasSize(3);
      assertThat(records.get(2).lastMicros()).isEqualTo(61 * SECOND);

      send(Packet.udp(91 * SECOND, 1));
      table.flush();
      assertThat(records).extracting(SeenFlow::checkpoint).containsExactly(1, 2, 3, 4, 4);
      assertThat(records).extracting(SeenFlow::id).containsOnly(0L);
      assertThat(records.get(4).reason()).isEqualTo(EndReason.END_OF_CAPTURE);
    }

    @Test
    void aFlowThatThePacketClosedIsNotJudgedTwice() {
      for (int packet = 0; packet < 7; packet++) {
        send(Packet.tcp(packet, ACK, 1));
      }
      send(Packet.tcp(8, RST, 0), Packet.tcp(9, ACK, 1));
      table.flush();
      assertThat(reasons()).containsExactly(EndReason.RST);
      assertThat(records.get(0).checkpoint()).isZero();
      assertThat(records.get(0).packets()).isEqualTo(9);
    }

    @Test
    void withoutPacketCountsTheIntervalRunsFromTheStart() {
      table =
          table(
              new FlowSettings(
                  Duration.ofSeconds(120),
                  Duration.ofSeconds(1800),
                  Duration.ofSeconds(5),
                  List.of(),
                  Duration.ofSeconds(10),
                  10));
      send(Packet.udp(0, 1), Packet.udp(9 * SECOND, 1), Packet.udp(10 * SECOND, 1));
      assertThat(records).extracting(SeenFlow::packets).containsExactly(3L);
    }
  }

  @Nested
  class Bounds {
    @Test
    void aFullTableEvictsTheLeastRecentlyActive() {
      table = table(room(2));
      send(
          Packet.udp(0, 1).clientPort(1),
          Packet.udp(1, 1).clientPort(2),
          Packet.udp(2, 1).clientPort(1),
          Packet.udp(3, 1).clientPort(3));
      assertThat(reasons()).containsExactly(EndReason.EVICTED);
      assertThat(records.get(0).identity().sourcePort()).isEqualTo(2);
      assertThat(table.counters().active()).isEqualTo(2);
    }

    @Test
    void aClosedFlowGoesBeforeAnOpenOneUnderItsOwnReason() {
      table = table(room(2));
      send(
          Packet.udp(0, 1),
          Packet.udp(0, 1),
          Packet.tcp(1, SYN, 0),
          Packet.tcp(2, RST | ACK, 0).reply(),
          Packet.udp(3, 1).clientPort(3));
      assertThat(reasons()).containsExactly(EndReason.RST);
    }

    @Test
    void aFlowOfOnePacketGoesFirst() {
      table = table(room(3));
      send(
          Packet.udp(0, 1),
          Packet.udp(0, 1),
          Packet.tcp(1, SYN, 0),
          Packet.tcp(2, RST | ACK, 0).reply(),
          Packet.udp(3, 1).clientPort(3),
          Packet.udp(4, 1).clientPort(4));
      assertThat(reasons()).containsExactly(EndReason.EVICTED);
      assertThat(records.get(0).identity().sourcePort()).isEqualTo(3);
    }

    @Test
    void ofOpenFlowsTheOneSilentForLongestGoes() {
      table = table(room(3));
      for (int port = 1; port <= 3; port++) {
        send(Packet.udp(port, 1).clientPort(port), Packet.udp(port, 1).clientPort(port));
      }
      send(Packet.udp(SECOND, 1).clientPort(1), Packet.udp(2 * SECOND, 1).clientPort(2));
      for (int port = 4; port <= 5; port++) {
        send(
            Packet.udp(3 * SECOND, 1).clientPort(port), Packet.udp(3 * SECOND, 1).clientPort(port));
      }
      assertThat(records).extracting(f -> f.identity().sourcePort()).containsExactly(3, 1);
    }

    @Test
    void countersCoverEveryRecord() {
      table = table(room(2));
      for (int port = 1; port <= 5; port++) {
        send(Packet.udp(port, 1).clientPort(port));
      }
      table.flush();
      assertThat(table.counters().created()).isEqualTo(5);
      assertThat(table.counters().ended())
          .containsEntry(EndReason.EVICTED, 3L)
          .containsEntry(EndReason.END_OF_CAPTURE, 2L)
          .containsEntry(EndReason.IDLE, 0L);
    }

    @Test
    void aSettingThatMakesNoSenseIsNamed() {
      assertThatThrownBy(() -> table(room(0))).hasMessageContaining("maxFlows is 0");
      FlowSettings s = FlowSettings.DEFAULT;
      assertThatThrownBy(
              () ->
                  table(
                      new FlowSettings(
                          Duration.ZERO,
                          s.activeTimeout(),
                          s.activityTimeout(),
                          s.checkpointPackets(),
                          s.checkpointInterval(),
                          1)))
          .hasMessageContaining("idleTimeout is PT0S");
    }
  }

  @Nested
  class TimeOutOfOrder {
    @Test
    void aLatePacketCountsWithoutDisturbingTimes() {
      send(Packet.udp(1000, 1), Packet.udp(3000, 1), Packet.udp(2000, 1), Packet.udp(4000, 1));
      table.flush();
      assertThat(records).hasSize(1);
      assertThat(records.get(0).startMicros()).isEqualTo(1000);
      assertThat(records.get(0).lastMicros()).isEqualTo(4000);
      assertThat(records.get(0).packets()).isEqualTo(4);
    }

    @Test
    void aPacketBeforeTheFlowsFirstDoesNotMoveTheStart() {
      send(Packet.udp(1000, 1), Packet.udp(0, 1).reply());
      table.flush();
      assertThat(records.get(0).startMicros()).isEqualTo(1000);
      assertThat(records.get(0).lastMicros()).isEqualTo(1000);
    }

    @Test
    void expiryGoesByTheHighestTimeSeen() {
      send(
          Packet.udp(0, 1).clientPort(1),
          Packet.udp(100 * SECOND, 1).clientPort(2),
          Packet.udp(50 * SECOND, 1).clientPort(3));
      advance(121 * SECOND);
      assertThat(records).extracting(f -> f.identity().sourcePort()).containsExactly(1);
      advance(90 * SECOND);
      advance(221 * SECOND);
      assertThat(records).extracting(f -> f.identity().sourcePort()).containsExactly(1, 2, 3);
    }

    @Test
    void theSameFlowMuchEarlierOrMuchLaterIsAnotherFlow() {
      send(
          Packet.udp(1000 * SECOND, 1).clientPort(1),
          Packet.udp(10 * SECOND, 1).clientPort(1),
          Packet.udp(200 * SECOND, 1).clientPort(1));
      table.flush();
      assertThat(records).extracting(SeenFlow::packets).containsExactly(1L, 1L, 1L);
      assertThat(records)
          .extracting(SeenFlow::startMicros)
          .containsExactly(1000 * SECOND, 10 * SECOND, 200 * SECOND);
    }

    @Test
    void extremeTimesBreakNothing() {
      long[] times = {Long.MAX_VALUE, Long.MIN_VALUE, 0, Long.MAX_VALUE, -1, Long.MIN_VALUE};
      for (long time : times) {
        Packet packet = Packet.udp(0, 1);
        packet.headers().timeNanos = time;
        send(packet);
      }
      table.flush();
      assertThat(records.stream().mapToLong(SeenFlow::packets).sum()).isEqualTo(times.length);
    }
  }

  @Test
  void flushHandsOutTheOldestStartFirstAndLeavesAnEmptyTableForAnotherCapture() {
    send(
        Packet.udp(500 * SECOND, 1).clientPort(1),
        Packet.udp(501 * SECOND, 1).clientPort(2),
        Packet.udp(502 * SECOND, 1).clientPort(1));
    table.flush();
    assertThat(records).extracting(f -> f.identity().sourcePort()).containsExactly(1, 2);
    assertThat(table.counters().active()).isZero();

    records.clear();
    send(Packet.udp(0, 1).clientPort(1));
    advance(121 * SECOND);
    assertThat(reasons()).containsExactly(EndReason.IDLE);
  }

  @Test
  void truncationOfOnePacketMarksTheFlow() {
    table.accept(Packet.udp(0, 1).headers(), false);
    table.accept(Packet.udp(1, 1).headers(), true);
    table.accept(Packet.udp(2, 1).headers(), false);
    table.flush();
    assertThat(records.get(0).truncated()).isTrue();
  }

  @Test
  void tablesOfOneFactoryNumberTheirFlowsApart() {
    BoundedFlowTables tables = new BoundedFlowTables();
    for (int lane = 0; lane < 2; lane++) {
      table = tables.create(FlowSettings.DEFAULT, flow -> records.add(SeenFlow.of(flow)));
      send(Packet.udp(0, 1));
      table.flush();
    }
    assertThat(records).extracting(SeenFlow::id).containsExactly(0L, 1L << 40);
  }
}
