package io.caracal.feature.internal.history;

import static io.caracal.api.flow.ConnectionState.REJ;
import static io.caracal.api.flow.ConnectionState.SF;
import static io.caracal.feature.internal.Traffic.nanos;
import static io.caracal.feature.internal.Traffic.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.flow.ConnectionState;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.ViewDescription.Column;
import io.caracal.feature.internal.Traffic;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HistoryViewTest {
  private static final int A = 0x0A00_0001, B = 0x0A00_0002, C = 0x0A00_0003, D = 0x0A00_0004;
  private static final Offset<Float> CLOSE = within(1e-5f);

  private final Traffic traffic = new Traffic(new HistoryView());

  /** Worked out by hand: e10 is exp(-10 / 600), and so on. */
  @Test
  void everyColumnOfAnExchangeBetweenThreeHosts() {
    FlowIdentity web = Traffic.tcp(A, 1000, B, 80);
    FlowIdentity names = Traffic.tcp(A, 1001, B, 53);
    FlowIdentity other = Traffic.tcp(D, 1002, B, 80);
    FlowIdentity last = Traffic.tcp(A, 1003, C, 80);
    traffic.start(0, web);
    traffic.end(0, web, SF, 3, 15);
    traffic.start(60, names);
    traffic.record(summary(60, 60, names, EndReason.IDLE, SF, 7, 7, 16, 3));
    traffic.start(60, other);
    traffic.end(60, other, SF, 63, 3);
    traffic.start(600, web);
    traffic.end(600, web, REJ, 0, 0);
    traffic.start(600, last);
    traffic.end(600, last, SF, 15, 1);
    traffic.start(1200, web);
    Map<String, Float> row = traffic.end(1260, web, SF, 15, 63);

    Map<String, Double> expected =
        Map.ofEntries(
            Map.entry("known.network", 1260.0),
            Map.entry("known.source", 1260.0),
            Map.entry("known.destination", 1260.0),
            Map.entry("new.peer", 0.0), // the first flow of all
            Map.entry("new.service", 0.0),
            Map.entry("new.client", 0.0),
            Map.entry("new.offer", 0.0),
            Map.entry("new.in_network", 0.0),
            Map.entry("rare.peer", 0.323663), // log2(4.826334 / 3.856428): starts of A, and to B
            Map.entry("rare.service", 0.314732), // starts of A, and to port 80
            Map.entry("rare.client", 0.406014),
            Map.entry("rare.offer", 0.316487), // 5 starts to B, 1 of them to port 53
            Map.entry("share.of_server", 1.0), // A and D
            Map.entry("share.of_service", 1.0),
            Map.entry("share.of_services", 1.0),
            Map.entry("reach.peers_600s", 1.237708), // B 60 s ago, C 660 s ago: e60 + e660
            Map.entry("reach.peers_1h", 1.815962),
            Map.entry("reach.peers_6h", 1.967133),
            Map.entry("reach.contacts_600s", 1.373043), // and port 53 of B 1200 s ago
            Map.entry("reach.contacts_1h", 2.532493),
            Map.entry("reach.contacts_6h", 2.913092),
            Map.entry("reach.failed_600s", 0.332871), // port 80 of B 660 s ago
            Map.entry("reach.failed_1h", 0.832491),
            Map.entry("reach.failed_6h", 0.969907),
            Map.entry("reach.variety_1h", 0.622284),
            Map.entry("pair.services_1h", 1.700003),
            Map.entry("pair.services_6h", 1.943186),
            Map.entry("pair.failed_rate_1h", 0.255859),
            Map.entry("reach.failed_rate_1h", 0.203732),
            Map.entry("reach.failed_rate_6h", 0.200846),
            Map.entry("reach.clients_1h", 1.700003), // A 60 s ago, D 1200 s ago
            Map.entry("level.starts", 0.0), // too little is known
            Map.entry("level.bytes_out", 0.0),
            Map.entry("level.bytes_in", 0.0),
            Map.entry("level.asked", 0.0),
            Map.entry("level.served", 0.0),
            Map.entry("level.given", 0.0),
            Map.entry("rhythm.beats", 3.0),
            Map.entry("rhythm.interval", 600.0),
            Map.entry("rhythm.jitter", 0.0),
            Map.entry("rhythm.in_step", 1.0),
            Map.entry("rhythm.since", 60.0),
            Map.entry("sessions.ended_600s", 1.455327), // now, 660 and 1260 s ago
            Map.entry("sessions.ended_6h", 2.913242),
            Map.entry("sessions.failed_rate_1h", 0.328117),
            Map.entry("sessions.out_spread", 2.5), // of 2, 0 and 4 bit: 2 from 2, then 3 from 1
            Map.entry("sessions.in_spread", 4.0), // of 4, 0 and 6 bit: 4 from 4, then 4 from 2
            Map.entry("sessions.out_unusual", 0.0), // three flows before
            Map.entry("sessions.in_unusual", 0.0),
            Map.entry("dns.questions_600s", 0.135335), // 1200 s ago
            Map.entry("dns.share_600s", 0.070358),
            Map.entry("dns.errors_600s", 0.135335),
            Map.entry("dns.error_rate_600s", 1.0),
            Map.entry("dns.error_rate_6h", 1.0),
            Map.entry("dns.rare_rate_1h", 1.0));
    assertThat(row.keySet()).isEqualTo(Map.copyOf(expected).keySet());
    row.forEach(
        (column, value) ->
            assertThat((double) value)
                .as(column)
                .isCloseTo(expected.get(column), within(2e-5 * (1 + expected.get(column)))));
  }

  @Test
  void whatIsNewToAHostOfManyFlowsIsASurpriseThatFades() {
    FlowIdentity usual = Traffic.tcp(A, 1000, B, 80);
    for (int flow = 0; flow < 62; flow++) {
      traffic.start(0, usual);
    }
    FlowIdentity unusual = Traffic.tcp(A, 1000, C, 22);
    traffic.start(0, unusual);
    Map<String, Float> row = traffic.end(0, unusual, SF, 1, 1);
    assertThat(row.get("new.peer")).isEqualTo(5, CLOSE); // log2((62 + 1 + 1) / (1 + 1))
    assertThat(row.get("new.service")).isEqualTo(5, CLOSE);
    assertThat(row.get("new.in_network")).isEqualTo(5, CLOSE);
    assertThat(row.get("new.offer")).isZero(); // C was not known either
    assertThat(row.get("rare.peer")).isEqualTo(5.97728f, CLOSE); // log2(63)
    assertThat(row.get("share.of_services")).isEqualTo(1);

    FlowIdentity again = Traffic.tcp(A, 1001, C, 22);
    traffic.start(600, again);
    row = traffic.end(600, again, SF, 1, 1);
    assertThat(row.get("new.peer")).isEqualTo(1.839397f, CLOSE); // 5 / e
    FlowIdentity client = Traffic.tcp(D, 1000, B, 80);
    traffic.start(600, client);
    assertThat(traffic.end(600, client, SF, 1, 1).get("new.client"))
        .isEqualTo(4.980458f, CLOSE); // 62 starts and one source of 600 s ago
  }

  @Test
  void toASensorThatJustStartedEverythingIsNewAndNothingASurprise() {
    for (int port = 1; port <= 40; port++) {
      FlowIdentity first = Traffic.tcp(A, 1000, B + port, port);
      traffic.start(port, first);
      Map<String, Float> row = traffic.end(port, first, SF, 1, 1);
      assertThat(row.get("new.peer")).isLessThan(1);
      assertThat(row.get("new.service")).isLessThan(1);
      assertThat(row.get("known.network")).isEqualTo(port - 1);
    }
  }

  @Test
  void aSlowScanIsSeenOverHours() {
    for (int port = 1; port <= 60; port++) {
      FlowIdentity probe = Traffic.tcp(A, 1000, B, port);
      traffic.start(port * 120, probe);
      traffic.end(port * 120, probe, REJ, 0, 0);
    }
    FlowIdentity probe = Traffic.tcp(A, 1000, B, 60);
    Map<String, Float> row = traffic.checkpoint(7200, probe);
    assertThat(row.get("reach.failed_600s")).isEqualTo(5.516622f, CLOSE); // of exp(-0.2 n)
    assertThat(row.get("reach.failed_6h")).isEqualTo(51.16623f, within(1e-3f));
    assertThat(row.get("pair.services_6h")).isEqualTo(row.get("reach.contacts_6h"));
    assertThat(row.get("reach.variety_1h")).isEqualTo(1, CLOSE);
    assertThat(row.get("pair.failed_rate_1h")).isEqualTo(1, CLOSE);
  }

  @Test
  void aBeaconKeepsItsStepThroughBurstsAndOneMissedBeat() {
    FlowIdentity beacon = Traffic.tcp(A, 1000, B, 443);
    for (int beat = 0; beat < 30; beat++) {
      if (beat != 20) {
        traffic.start(beat * 60, beacon);
        traffic.start(beat * 60 + 0.2, beacon);
      }
    }
    Map<String, Float> row = traffic.checkpoint(29 * 60 + 5, beacon);
    assertThat(row.get("rhythm.beats")).isEqualTo(29);
    assertThat(row.get("rhythm.interval")).isEqualTo(60, CLOSE); // the gap counts as no longer
    assertThat(row.get("rhythm.jitter")).isZero();
    assertThat(row.get("rhythm.in_step")).isGreaterThan(0.95f).isLessThan(1);
    assertThat(row.get("rhythm.since")).isEqualTo(5, CLOSE);
  }

  @Test
  void aFlowOfUnusualSizeIsFarFromThoseBefore() {
    for (int flow = 0; flow < 20; flow++) {
      FlowIdentity login = Traffic.tcp(A + 10 + flow % 3, 1000, B, 22);
      traffic.start(flow, login);
      traffic.end(flow, login, SF, 1023, 4095);
    }
    FlowIdentity upload = Traffic.tcp(A, 1000, B, 22);
    traffic.start(30, upload);
    Map<String, Float> row = traffic.end(30, upload, SF, (1 << 20) - 1, 4095);
    assertThat(row.get("sessions.out_unusual")).isEqualTo(20, CLOSE); // 20 - 10 bit over 0.5
    assertThat(row.get("sessions.in_unusual")).isZero();
  }

  @Test
  void aHostThatDoesMoreThanItUsedToStandsOut() {
    FlowIdentity flow = Traffic.tcp(A, 1000, B, 80);
    for (int period = 0; period < 10; period++) {
      traffic.start(period * 10, flow);
      traffic.end(period * 10, flow, SF, 1023, 1023);
    }
    for (int burst = 0; burst < 15; burst++) {
      traffic.start(100, flow);
    }
    Map<String, Float> row = traffic.end(100, flow, SF, 0, (1 << 15) - 1);
    assertThat(row.get("level.starts")).isEqualTo(6, CLOSE); // 4 - 1 bit over 0.5
    assertThat(row.get("level.asked")).isEqualTo(6, CLOSE);
    assertThat(row.get("level.bytes_in")).isEqualTo(10, CLOSE); // 15 - 10 bit
    assertThat(row.get("level.served")).isEqualTo(10, CLOSE);
    assertThat(row.get("level.bytes_out")).isZero(); // less than usual
    assertThat(row.get("level.given")).isZero();
  }

  @Test
  void memoryIsBoundedAndWhatIsForgottenIsCounted() {
    HistoryContext small = new HistoryContext(1024);
    FloatBuffer row = FloatBuffer.allocate(55);
    for (int host = 0; host < 3000; host++) {
      FlowIdentity who = Traffic.tcp(host, 1000, B, 80);
      small.onStart(who, nanos(host));
      small.write(summary(host, host, who, EndReason.FIN, SF, 1, 1, 0, -1), row, 0);
    }
    // Of 3000 sources and habits 1024 each are kept, of pairs and contacts 2048.
    assertThat(small.counters()).containsEntry("history.forgotten", 2L * 1976 + 2L * 952);
  }

  @Test
  void weightsThatGrowAreBroughtDown() {
    FlowIdentity flow = Traffic.tcp(A, 1000, B, 80);
    double day = 86_400;
    for (double at = 0; at < 30 * day; at += day / 4) {
      traffic.start(at, flow);
      Map<String, Float> row = traffic.end(at, flow, SF, 1, 1);
      assertThat(row.get("reach.peers_600s")).isEqualTo(1, CLOSE);
      assertThat(row.get("reach.peers_6h")).isEqualTo(1, CLOSE);
    }
    // Every 6 h a factor of e: the sum of a geometric series.
    assertThat(traffic.checkpoint(30 * day - day / 4, flow).get("sessions.ended_6h"))
        .isEqualTo(1.581977f, CLOSE);
  }

  @Test
  void everyColumnIsInItsRangeAndTheSameTwice() {
    List<Column> columns = new HistoryView().description().columns();
    Traffic again = new Traffic(new HistoryView());
    Random random = new Random(11);
    double now = 0;
    for (int flow = 0; flow < 60_000; flow++) {
      now += random.nextInt(1000) == 0 ? random.nextInt(40_000) : random.nextDouble() / 100;
      FlowIdentity who =
          Traffic.tcp(
              random.nextInt(20_000),
              random.nextInt(65536),
              random.nextInt(1 + random.nextInt(90_000)),
              random.nextInt(1 + random.nextInt(1000)));
      ConnectionState state = ConnectionState.values()[random.nextInt(13)];
      long bytes = random.nextLong(1L << 40);
      traffic.start(now, who);
      again.start(now, who);
      Map<String, Float> row = traffic.end(now, who, state, bytes, bytes);
      assertThat(again.end(now, who, state, bytes, bytes)).isEqualTo(row);
      for (Column column : columns) {
        float value = row.get(column.name());
        if (!Float.isFinite(value) || value < column.min() || value > (float) column.max()) {
          throw new AssertionError(column + " is " + value);
        }
      }
    }
  }
}
