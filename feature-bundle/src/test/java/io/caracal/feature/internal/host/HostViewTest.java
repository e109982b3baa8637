package io.caracal.feature.internal.host;

import static io.caracal.api.flow.ConnectionState.REJ;
import static io.caracal.api.flow.ConnectionState.S0;
import static io.caracal.api.flow.ConnectionState.SF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.flow.ConnectionState;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.ViewDescription.Column;
import io.caracal.feature.internal.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HostViewTest {
  private static final int A = 0x0A00_0001, B = 0x0A00_0002, C = 0x0A00_0003, D = 0x0A00_0004;
  private static final Offset<Float> CLOSE = within(1e-6f);

  private final Traffic traffic = new Traffic(new HostView());

  /** Worked out by hand: sums of powers of e and of 0.99. */
  @Test
  void everyColumnOfAnExchangeBetweenFourHosts() {
    FlowIdentity first = Traffic.tcp(A, 1000, B, 80);
    FlowIdentity second = Traffic.tcp(A, 1001, B, 80);
    FlowIdentity fourth = Traffic.tcp(D, 1001, B, 80);
    FlowIdentity fifth = Traffic.tcp(D, 6000, B, 443);
    traffic.start(0, first);
    traffic.start(1, second);
    traffic.start(2, Traffic.tcp(A, 1002, C, 80));
    traffic.start(2, fourth);
    traffic.start(2.5, fifth);
    traffic.end(2.5, first, REJ, 60, 40);
    traffic.end(2.6, fourth, S0, 120, 0);
    traffic.end(2.8, fifth, SF, 1000, 3000);
    Map<String, Float> row = traffic.end(3, second, SF, 500, 1500);

    Map<String, Double> expected =
        Map.ofEntries(
            Map.entry("kdd.dst_starts", 3.0), // the first one is 3 s old
            Map.entry("kdd.service_starts", 3.0),
            Map.entry("kdd.same_service_rate", 2 / 3.0),
            Map.entry("kdd.different_host_rate", 1 / 3.0),
            Map.entry("kdd.dst_unanswered_rate", 0.25),
            Map.entry("kdd.dst_rejected_rate", 0.25),
            Map.entry("kdd.service_unanswered_rate", 1 / 3.0),
            Map.entry("kdd.service_rejected_rate", 1 / 3.0),
            Map.entry("last100.connections", 3.940399), // 1 + 0.99 + 0.9801 + 0.970299
            Map.entry("last100.same_service_rate", 0.74875641), // all but 0.99
            Map.entry("last100.same_source_rate", 0.50002525), // 1 + 0.970299
            Map.entry("last100.same_source_port_rate", 0.50251256), // 1 + 0.9801
            Map.entry("last100.unanswered_rate", 0.24873116), // 0.9801
            Map.entry("last100.rejected_rate", 0.24624385), // 0.970299
            Map.entry("last100.service_failed_rate", 0.66106279), // 1.950399 / 2.950399
            Map.entry("dst.starts_10s", 3.41561581), // 3, 2, 1 and 0.5 s ago
            Map.entry("dst.starts_600s", 3.98918642),
            Map.entry("dst.sources_600s", 2.0039164), // 512 ln(512 / 510)
            Map.entry("src.starts_1s", 0.55300179), // 3, 2 and 1 s ago
            Map.entry("src.starts_10s", 2.46438639),
            Map.entry("src.starts_60s", 2.90191697),
            Map.entry("src.starts_600s", 2.99001941),
            Map.entry("src.failed_10s", 0.95122942), // 0.5 s ago
            Map.entry("src.failed_60s", 0.99170129),
            Map.entry("src.failed_600s", 0.99916701),
            Map.entry("src.addresses_10s", 2.0039164),
            Map.entry("src.addresses_600s", 2.0039164),
            Map.entry("src.services_10s", 1.00097787), // 512 ln(512 / 511)
            Map.entry("src.services_600s", 1.00097787),
            Map.entry("src.address_entropy", 0.91829583), // of 2 and 1
            Map.entry("src.service_entropy", 0.0),
            Map.entry("src.bytes_out_600s", 559.950021), // 500 + 60 of 0.5 s ago
            Map.entry("src.bytes_in_600s", 1539.96668), // 1500 + 40
            Map.entry("beat.starts", 2.0),
            Map.entry("beat.interval", 1.0),
            Map.entry("beat.variation", 0.0));
    assertThat(row.keySet()).isEqualTo(Map.copyOf(expected).keySet());
    row.forEach(
        (column, value) ->
            assertThat((double) value)
                .as(column)
                .isCloseTo(expected.get(column), within(1e-6 * (1 + expected.get(column)))));
  }

  @Test
  void aBeaconIsRegular() {
    FlowIdentity beacon = Traffic.tcp(A, 1000, B, 443);
    for (double second : new double[] {0, 1, 3, 6}) {
      traffic.start(second, beacon);
    }
    Map<String, Float> row = traffic.checkpoint(6, beacon);
    assertThat(row.get("beat.starts")).isEqualTo(4);
    assertThat(row.get("beat.interval")).isEqualTo(2, CLOSE); // of 1, 2 and 3 s
    assertThat(row.get("beat.variation")).isEqualTo(0.408248f, CLOSE); // sqrt(2 / 3) / 2
  }

  @Test
  void aScanReachesManyServices() {
    for (int port = 1; port <= 1000; port++) {
      traffic.start(port / 1000.0, Traffic.tcp(A, 40000, B, port));
      traffic.end(port / 1000.0, Traffic.tcp(A, 40000, B, port), REJ, 60, 40);
    }
    Map<String, Float> row = traffic.checkpoint(1, Traffic.tcp(A, 40000, B, 1000));
    assertThat(row.get("src.services_10s")).isCloseTo(1000, Percentage.withPercentage(15));
    assertThat(row.get("src.addresses_10s")).isCloseTo(1, Percentage.withPercentage(1));
    assertThat(row.get("src.service_entropy")).isGreaterThan(3.8f);
    assertThat(row.get("kdd.dst_rejected_rate")).isEqualTo(1);
    assertThat(row.get("kdd.same_service_rate")).isEqualTo(0.001f);
    assertThat(row.get("last100.connections")).isCloseTo(100, Percentage.withPercentage(0.01));
    assertThat(row.get("last100.rejected_rate")).isEqualTo(1, CLOSE);
  }

  @Test
  void windowsForget() {
    FlowIdentity flow = Traffic.tcp(A, 1000, B, 80);
    traffic.start(0, flow);
    traffic.end(0.5, flow, S0, 100, 0);
    Map<String, Float> row = traffic.checkpoint(1201, flow);
    assertThat(row.get("kdd.dst_starts")).isZero();
    assertThat(row.get("kdd.dst_unanswered_rate")).isZero();
    assertThat(row.get("src.addresses_600s")).isZero();
    assertThat(row.get("dst.sources_600s")).isZero();
    assertThat(row.get("src.starts_600s")).isEqualTo(0.13511f, CLOSE); // exp(-1201 / 600)
    assertThat(row.get("last100.unanswered_rate")).isEqualTo(1); // however long ago
  }

  @Test
  void aCheckpointIsNoEnd() {
    FlowIdentity flow = Traffic.tcp(A, 1000, B, 80);
    traffic.start(0, flow);
    assertThat(traffic.checkpoint(1, flow)).containsEntry("last100.connections", 0f);
    assertThat(traffic.checkpoint(1, flow)).containsEntry("src.bytes_out_600s", 0f);
    assertThat(traffic.end(1, flow, SF, 7, 8)).containsEntry("last100.connections", 1f);
  }

  @Test
  void anIpv6HostIsItsNetworkAsSourceAndItselfAsDestination() {
    FlowIdentity one = new FlowIdentity(true, 0x20010db8L << 32, 1, 1000, 7, 1, 80, 6, 0, false);
    FlowIdentity two = new FlowIdentity(true, 0x20010db8L << 32, 2, 1000, 7, 2, 80, 6, 0, false);
    traffic.start(0, one);
    traffic.start(0, two);
    Map<String, Float> row = traffic.checkpoint(0, one);
    assertThat(row.get("src.starts_600s")).isEqualTo(2);
    assertThat(row.get("dst.starts_600s")).isEqualTo(1);
  }

  @Test
  void everyColumnIsInItsRangeAndTheSameTwice() {
    List<Column> columns = new HostView().description().columns();
    Traffic again = new Traffic(new HostView());
    Random random = new Random(11);
    double now = 0;
    for (int flow = 0; flow < 60_000; flow++) {
      now += random.nextInt(1000) == 0 ? random.nextInt(400) : random.nextDouble() / 100;
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
