package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.RST;
import static org.assertj.core.api.Assertions.assertThat;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.feature.internal.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When flows end that nothing ends, and what is said of it. */
class ExpiryTest {
  private static final long SECOND = 1_000_000;
  private static final long TICK_NANOS = 1L << 27;

  private final List<String> written = new ArrayList<>();
  private BoundedFlowTable table = table();

  private BoundedFlowTable table() {
    return new BoundedFlowTable(
        FlowSettings.DEFAULT,
        new FlowListener() {
          @Override
          public void onFlow(FlowRecord flow) {
            written.add(
                "%d %s %d packets at %d"
                    .formatted(
                        flow.identity().sourcePort(),
                        flow.reason(),
                        flow.forward().packets(),
                        flow.writtenNanos()));
          }

          @Override
          public void onStart(FlowRecord flow) {
            written.add("%d starts".formatted(flow.identity().sourcePort()));
          }
        },
        0);
  }

  private void send(int port, long micros) {
    table.accept(Packet.udp(micros, 1).clientPort(port).headers(), false);
  }

  @Test
  void anOpenFlowComesATickLateAtMost() {
    send(1, 0);
    send(1, SECOND);
    table.advance(Packet.EPOCH + 121_000_000_000L);
    assertThat(written).containsExactly("1 starts");
    table.advance(Packet.EPOCH + 121_000_000_000L + TICK_NANOS);
    assertThat(written).hasSize(2);
    assertThat(written.get(1)).startsWith("1 IDLE 2 packets");
  }

  @Test
  void aPacketAfterTheTimeoutStartsAnotherFlowThoughTheFirstIsStillHere() {
    send(1, 0);
    send(1, SECOND);
    send(1, 121 * SECOND + 1);
    assertThat(written).hasSize(3);
    assertThat(written.get(1)).startsWith("1 IDLE 2 packets");
    assertThat(written.get(2)).isEqualTo("1 starts");
  }

  @Test
  void aFlowThatIsOverdueAtTheEndOfTheCaptureWasIdle() {
    send(1, 0);
    send(1, SECOND);
    table.advance(Packet.EPOCH + 121_000_000_001L);
    table.flush();
    assertThat(written.get(1)).startsWith("1 " + EndReason.IDLE);
  }

  @Test
  void whatIsWrittenDoesNotDependOnHowOftenTimeIsTold() {
    traffic(false);
    List<String> seldom = List.copyOf(written);
    written.clear();
    table = table();
    traffic(true);
    assertThat(written).isEqualTo(seldom).hasSizeGreaterThan(1000);
  }

  private void traffic(boolean often) {
    Random random = new Random(3);
    long micros = 0;
    for (int i = 0; i < 5000; i++) {
      long gap = random.nextInt(100) == 0 ? 500 * SECOND : random.nextInt(2_000_000);
      for (int step = 1; often && step < 7; step++) {
        table.advance(Packet.EPOCH + 1000 * (micros + gap * step / 7));
      }
      micros += gap;
      Packet packet =
          random.nextInt(4) == 0
              ? Packet.tcp(micros, random.nextInt(5) == 0 ? RST : ACK, 1)
              : Packet.udp(micros, 1);
      table.accept(packet.clientPort(random.nextInt(200)).headers(), false);
    }
    table.flush();
  }

  @Test
  void anActiveTimeoutIsNoStart() {
    for (long minute = 0; minute <= 31; minute++) {
      send(1, minute * 60 * SECOND);
    }
    table.flush();
    assertThat(written).filteredOn(line -> line.equals("1 starts")).hasSize(1);
    assertThat(written).filteredOn(line -> line.contains("ACTIVE")).hasSize(1);
  }

  @Test
  void yearsOfSilenceAndClocksThatStepBackHarmNothing() {
    long year = 365L * 86_400 * SECOND;
    for (long round = 0; round < 3; round++) {
      send(1, round * 100 * year);
      send(1, round * 100 * year + 1);
      send(2, round * 100 * year - 50 * year);
    }
    table.advance(Long.MAX_VALUE);
    table.advance(Long.MIN_VALUE);
    table.flush();
    assertThat(written).filteredOn(line -> line.startsWith("1 IDLE 2 packets")).hasSize(3);
    assertThat(written).filteredOn(line -> line.startsWith("2 IDLE 1 packets")).hasSize(3);
    assertThat(table.counters().active()).isZero();
  }

  @Test
  void whatTheFirstMessagesSaidIsKept() {
    Packet query = Packet.udp(0, 30);
    query.headers().dnsQueryId = 0xbeef;
    query.headers().dnsQueryType = 28;
    Packet answer = Packet.udp(1, 90).reply();
    answer.headers().dnsQueryId = 0xbeef;
    answer.headers().dnsQueryType = 1;
    answer.headers().dnsAnswerTtl = 0xffff_fff0L;
    answer.headers().dnsResponseCode = 3;
    Packet welcome = Packet.tcp(2, ACK, 20).clientPort(7);
    welcome.headers().ftpReplyCode = 220;
    Packet refusal = Packet.tcp(3, ACK, 20).clientPort(7);
    refusal.headers().ftpReplyCode = 530;
    List<List<Long>> said = new ArrayList<>();
    table =
        new BoundedFlowTable(
            FlowSettings.DEFAULT,
            flow ->
                said.add(
                    List.of(
                        (long) flow.dnsQueryId(),
                        (long) flow.dnsQueryType(),
                        flow.dnsAnswerTtl(),
                        (long) flow.dnsResponseCode(),
                        (long) flow.ftpReplyCode())),
            0);
    for (Packet packet : List.of(query, answer, welcome, refusal)) {
      table.accept(packet.headers(), false);
    }
    table.flush();
    assertThat(said)
        .containsExactly(
            List.of(0xbeefL, 28L, 0xffff_fff0L, 3L, 0L), List.of(0L, 0L, 0L, -1L, 530L));
  }
}
