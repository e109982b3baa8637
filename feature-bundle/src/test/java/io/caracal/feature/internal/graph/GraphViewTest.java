package io.caracal.feature.internal.graph;

import static io.caracal.api.flow.ConnectionState.REJ;
import static io.caracal.api.flow.ConnectionState.SF;
import static io.caracal.feature.internal.Traffic.nanos;
import static io.caracal.feature.internal.Traffic.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.feature.internal.Traffic;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GraphViewTest {
  private static final int A = 0x0A00_0001, B = 0x0A00_0002, C = 0x0A00_0003, D = 0x0A00_0004;
  private static final Offset<Float> CLOSE = within(1e-5f);

  private final Traffic traffic = new Traffic(new GraphView());

  /** Worked out by hand: A asks B, then C; 60 s later D asks B, which ends both. */
  @Test
  void everyColumnOfFourHosts() {
    FlowIdentity first = Traffic.tcp(A, 1000, B, 80);
    FlowIdentity second = Traffic.tcp(A, 1001, C, 80);
    FlowIdentity third = Traffic.tcp(D, 1002, B, 80);
    traffic.start(0, first);
    traffic.start(0, second);
    traffic.end(0, second, REJ, 1024, 512);
    traffic.start(60, third);
    traffic.end(60, third, SF, 2048, 4096);
    Map<String, Float> row = traffic.end(60, first, SF, 1024, 3072);

    double minute = Math.exp(-1);
    double ten = Math.exp(-0.1);
    Map<String, Double> expected = new LinkedHashMap<>();
    own(expected, "src", new double[] {2, 0, 2, 0, 1, 0, 1, 0.5}, minute, ten);
    expected.merge("src.sent_60s", 1.0, Double::sum);
    expected.merge("src.sent_600s", 1.0, Double::sum);
    expected.merge("src.received_60s", 3.0, Double::sum);
    expected.merge("src.received_600s", 3.0, Double::sum);
    own(expected, "dst", new double[] {0, 1, 0, 1, 0, 0, 0, 0}, minute, ten);
    for (String scale : new String[] {"_60s", "_600s"}) {
      expected.merge("dst.asked" + scale, 1.0, Double::sum);
      expected.merge("dst.clients" + scale, 1.0, Double::sum);
      expected.merge("dst.sent" + scale, 7.0, Double::sum);
      expected.merge("dst.received" + scale, 3.0, Double::sum);
    }
    neighbour(expected, "src.n0", new double[] {0, 1 + ten, 0, 1 + ten, 0, 0, 7, 3});
    between(expected, "src.n0", ten, 0, 0, 4);
    neighbour(expected, "src.n1", new double[] {0, ten, 0, ten, 0, ten, ten / 2, ten});
    between(expected, "src.n1", ten, 0, ten, 1.5 * ten);
    neighbour(
        expected, "dst.n0", new double[] {2 * ten, 0, 2 * ten, 0, ten, 0, 1 + ten, 3 + ten / 2});
    between(expected, "dst.n0", 0, ten, 0, 4);
    neighbour(expected, "dst.n1", new double[] {1, 0, 1, 0, 0, 0, 2, 4});
    between(expected, "dst.n1", 0, 1, 0, 6);
    assertThat(expected).hasSize(32 + 4 * 13);
    row.forEach(
        (column, value) ->
            assertThat((double) value)
                .as(column)
                .isCloseTo(expected.getOrDefault(column, 0.0), within(1e-5)));
    assertThat(row.keySet()).containsAll(expected.keySet()).hasSize(136);
  }

  private static void own(
      Map<String, Double> expected, String end, double[] sums, double minute, double ten) {
    for (int kind = 0; kind < sums.length; kind++) {
      expected.put(end + "." + KINDS[kind] + "_60s", sums[kind] * minute);
      expected.put(end + "." + KINDS[kind] + "_600s", sums[kind] * ten);
    }
  }

  private static void neighbour(Map<String, Double> expected, String name, double[] sums) {
    expected.put(name + ".present", 1.0);
    for (int kind = 0; kind < sums.length; kind++) {
      expected.put(name + "." + KINDS[kind] + "_600s", sums[kind]);
    }
  }

  private static void between(
      Map<String, Double> expected,
      String name,
      double to,
      double from,
      double inVain,
      double bytes) {
    expected.put(name + ".to_600s", to);
    expected.put(name + ".from_600s", from);
    expected.put(name + ".in_vain_600s", inVain);
    expected.put(name + ".bytes_600s", bytes);
  }

  private static final String[] KINDS = {
    "started", "asked", "servers", "clients", "failed", "refused", "sent", "received"
  };

  @Test
  void theNeighbourThatFadedMostMakesRoom() {
    for (int host = 0; host < 5; host++) {
      traffic.start(host, Traffic.tcp(A, 1000, B + host, 80));
    }
    traffic.start(5, Traffic.tcp(A, 1000, B + 2, 80));
    Map<String, Float> row = traffic.checkpoint(5, Traffic.tcp(A, 1000, B + 2, 80));
    assertThat(row.get("src.servers_600s")).isGreaterThan(4.9f).isLessThan(5);
    assertThat(row.get("src.n0.to_600s")).isEqualTo(0.998335f, CLOSE); // the fifth, 1 s ago
    assertThat(row.get("src.n1.to_600s")).isEqualTo(0.993355f, CLOSE); // the second, 4 s ago
    assertThat(row.get("src.n2.to_600s")).isEqualTo(1.995012f, CLOSE); // the third, twice
    assertThat(row.get("dst.n0.from_600s")).isEqualTo(1.995012f, CLOSE);
    assertThat(row.get("dst.n1.present")).isZero();
  }

  @Test
  void aNeighbourThatWasForgottenIsNobody() {
    GraphContext small = new GraphContext(1024);
    FloatBuffer row = FloatBuffer.allocate(136);
    small.onStart(Traffic.tcp(A, 1000, B, 80), nanos(0));
    for (int host = 0; host < 3000; host++) {
      small.onStart(Traffic.tcp(A, 1000, D + host, 80), nanos(1));
    }
    FlowIdentity back = Traffic.tcp(B, 1000, A, 80);
    small.onStart(back, nanos(2));
    small.write(summary(2, 2, back, EndReason.FIN, SF, 1, 1, 0, -1), row, 0);
    // Column 16 is src.n0.present; the place is A's again, and what was between them is gone.
    assertThat(row.get(16)).isEqualTo(1);
    assertThat(row.get(25)).isEqualTo(1); // src.n0.to_600s
    assertThat(row.get(26)).isZero(); // src.n0.from_600s
    assertThat(small.counters().get("graph.forgotten")).isGreaterThan(1900);
  }
}
