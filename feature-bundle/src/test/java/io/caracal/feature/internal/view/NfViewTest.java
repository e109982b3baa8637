package io.caracal.feature.internal.view;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.FIN;
import static io.caracal.api.packet.PacketHeaders.PSH;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.feature.internal.Packet;
import io.caracal.feature.internal.flow.BoundedFlowTables;
import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The expected numbers were worked out by hand from the definitions. */
class NfViewTest {
  /** A connection of 369.9 ms in which both sides send a segment twice. */
  private static final Packet[] CONNECTION = {
    Packet.tcp(0, SYN, 0).header(40).window(1000).sequence(100).ttl(64),
    Packet.tcp(10_500, SYN | ACK, 0).header(40).window(2000).sequence(500).ttl(57).reply(),
    Packet.tcp(20_500, ACK, 100).window(1100).sequence(101).ttl(63),
    Packet.tcp(120_500, PSH | ACK, 100).window(1000).sequence(101).ttl(64),
    Packet.tcp(130_500, PSH | ACK, 300).window(1900).sequence(501).ttl(57).reply(),
    Packet.tcp(230_000, ACK, 1000).window(1950).sequence(801).ttl(57).reply(),
    Packet.tcp(240_000, ACK, 1000).window(1950).sequence(801).ttl(57).reply(),
    Packet.tcp(369_900, FIN | ACK, 0).window(900).sequence(201).ttl(64),
  };

  private static final Map<String, Double> CONNECTION_ROW =
      Map.ofEntries(
          Map.entry("L4_SRC_PORT", 40000.0),
          Map.entry("L4_DST_PORT", 80.0),
          Map.entry("PROTOCOL", 6.0),
          Map.entry("IN_BYTES", 380.0), // 60 + 140 + 140 + 40
          Map.entry("IN_PKTS", 4.0),
          Map.entry("OUT_BYTES", 2480.0), // 60 + 340 + 1040 + 1040
          Map.entry("OUT_PKTS", 4.0),
          Map.entry("TCP_FLAGS", 27.0), // FIN, SYN, PSH, ACK
          Map.entry("CLIENT_TCP_FLAGS", 27.0),
          Map.entry("SERVER_TCP_FLAGS", 26.0), // no FIN
          Map.entry("FLOW_DURATION_MILLISECONDS", 369.9),
          Map.entry("DURATION_IN", 369.9),
          Map.entry("DURATION_OUT", 229.5),
          Map.entry("MIN_TTL", 57.0),
          Map.entry("MAX_TTL", 64.0),
          Map.entry("LONGEST_FLOW_PKT", 1040.0),
          Map.entry("SHORTEST_FLOW_PKT", 40.0),
          Map.entry("MIN_IP_PKT_LEN", 40.0),
          Map.entry("MAX_IP_PKT_LEN", 1040.0),
          Map.entry("SRC_TO_DST_SECOND_BYTES", 1027.027027), // 380 B in 370 ms
          Map.entry("DST_TO_SRC_SECOND_BYTES", 6702.702703), // 2480 B in 370 ms
          Map.entry("RETRANSMITTED_IN_BYTES", 100.0),
          Map.entry("RETRANSMITTED_IN_PKTS", 1.0),
          Map.entry("RETRANSMITTED_OUT_BYTES", 1000.0),
          Map.entry("RETRANSMITTED_OUT_PKTS", 1.0),
          Map.entry("SRC_TO_DST_AVG_THROUGHPUT", 8216.216216),
          Map.entry("DST_TO_SRC_AVG_THROUGHPUT", 53621.621622),
          Map.entry("NUM_PKTS_UP_TO_128_BYTES", 3.0),
          Map.entry("NUM_PKTS_128_TO_256_BYTES", 2.0),
          Map.entry("NUM_PKTS_256_TO_512_BYTES", 1.0),
          Map.entry("NUM_PKTS_1024_TO_1514_BYTES", 2.0),
          Map.entry("TCP_WIN_MAX_IN", 1100.0),
          Map.entry("TCP_WIN_MAX_OUT", 2000.0),
          // 20.5, 100 and 249.4 ms
          Map.entry("SRC_TO_DST_IAT_MIN", 20.5),
          Map.entry("SRC_TO_DST_IAT_MAX", 249.4),
          Map.entry("SRC_TO_DST_IAT_AVG", 123.3),
          Map.entry("SRC_TO_DST_IAT_STDDEV", 116.215188), // sqrt(27011.94 / 2)
          // 120, 99.5 and 10 ms
          Map.entry("DST_TO_SRC_IAT_MIN", 10.0),
          Map.entry("DST_TO_SRC_IAT_MAX", 120.0),
          Map.entry("DST_TO_SRC_IAT_AVG", 76.5),
          Map.entry("DST_TO_SRC_IAT_STDDEV", 58.495726)); // sqrt(6843.5 / 2)

  /** One datagram of 628 bytes. */
  private static final Map<String, Double> DATAGRAM_ROW =
      Map.ofEntries(
          Map.entry("L4_SRC_PORT", 40000.0),
          Map.entry("L4_DST_PORT", 53.0),
          Map.entry("PROTOCOL", 17.0),
          Map.entry("IN_BYTES", 628.0),
          Map.entry("IN_PKTS", 1.0),
          Map.entry("MIN_TTL", 64.0),
          Map.entry("MAX_TTL", 64.0),
          Map.entry("LONGEST_FLOW_PKT", 628.0),
          Map.entry("SHORTEST_FLOW_PKT", 628.0),
          Map.entry("MIN_IP_PKT_LEN", 628.0),
          Map.entry("MAX_IP_PKT_LEN", 628.0),
          Map.entry("SRC_TO_DST_SECOND_BYTES", 628_000.0), // in one millisecond
          Map.entry("SRC_TO_DST_AVG_THROUGHPUT", 5_024_000.0),
          Map.entry("NUM_PKTS_512_TO_1024_BYTES", 1.0),
          Map.entry("DNS_QUERY_ID", 48879.0),
          Map.entry("DNS_QUERY_TYPE", 28.0),
          Map.entry("DNS_TTL_ANSWER", 86400.0),
          Map.entry("FTP_COMMAND_RET_CODE", 230.0));

  /** "Administratively prohibited", 84 bytes. */
  private static final Map<String, Double> UNREACHABLE_ROW =
      Map.ofEntries(
          Map.entry("PROTOCOL", 1.0),
          Map.entry("IN_BYTES", 84.0),
          Map.entry("IN_PKTS", 1.0),
          Map.entry("MIN_TTL", 64.0),
          Map.entry("MAX_TTL", 64.0),
          Map.entry("LONGEST_FLOW_PKT", 84.0),
          Map.entry("SHORTEST_FLOW_PKT", 84.0),
          Map.entry("MIN_IP_PKT_LEN", 84.0),
          Map.entry("MAX_IP_PKT_LEN", 84.0),
          Map.entry("SRC_TO_DST_SECOND_BYTES", 84_000.0),
          Map.entry("SRC_TO_DST_AVG_THROUGHPUT", 672_000.0),
          Map.entry("NUM_PKTS_UP_TO_128_BYTES", 1.0),
          Map.entry("ICMP_TYPE", 781.0), // 3 * 256 + 13
          Map.entry("ICMP_IPV4_TYPE", 3.0));

  private final NfView view = new NfView();

  @Test
  void aConnection() {
    assertRow(row(UnaryOperator.identity(), CONNECTION), CONNECTION_ROW);
  }

  @Test
  void aDatagramWithMessages() {
    assertRow(row(NfViewTest::withMessages, Packet.udp(0, 600)), DATAGRAM_ROW);
  }

  @Test
  void anIcmpMessage() {
    assertRow(row(UnaryOperator.identity(), Packet.icmp(0, 3, 13, true)), UNREACHABLE_ROW);
  }

  @Test
  void anEchoHasCodeZero() {
    Map<String, Float> row =
        row(
            UnaryOperator.identity(),
            Packet.icmp(0, 8, 0, false),
            Packet.icmp(5000, 8, 0, false).reply());
    assertThat(row).containsEntry("ICMP_TYPE", 2048f).containsEntry("ICMP_IPV4_TYPE", 8f);
    assertThat(row).containsEntry("IN_PKTS", 1f).containsEntry("OUT_PKTS", 1f);
  }

  @Test
  void throughputOfOnePacketIsThatOfThePublishedTables() {
    assertThat(row(UnaryOperator.identity(), Packet.udp(0, 4)))
        .containsEntry("IN_BYTES", 32f)
        .containsEntry("SRC_TO_DST_AVG_THROUGHPUT", 256_000f);
  }

  @Test
  void everyColumnButTheConstantOnesHasAValueSomewhere() {
    Set<String> covered = new TreeSet<>(CONNECTION_ROW.keySet());
    covered.addAll(DATAGRAM_ROW.keySet());
    covered.addAll(UNREACHABLE_ROW.keySet());
    assertThat(view.description().columns())
        .filteredOn(column -> column.min() < column.max())
        .extracting("name")
        .containsExactlyInAnyOrderElementsOf(covered);
  }

  private Map<String, Float> row(UnaryOperator<FlowRecord> change, Packet... packets) {
    FloatBuffer buffer = FloatBuffer.allocate(view.description().width());
    FlowTable table =
        new BoundedFlowTables()
            .create(
                FlowSettings.DEFAULT,
                flow -> {
                  if (flow.reason() != EndReason.CHECKPOINT) {
                    view.write(change.apply(flow), buffer, 0);
                  }
                });
    for (Packet packet : packets) {
      table.accept(packet.headers(), false);
    }
    table.flush();
    Map<String, Float> row = new LinkedHashMap<>();
    view.description().columnNames().forEach(name -> row.put(name, buffer.get(row.size())));
    return row;
  }

  /** The same record, in which a DNS message and an FTP reply were seen. */
  private static FlowRecord withMessages(FlowRecord flow) {
    return (FlowRecord)
        Proxy.newProxyInstance(
            FlowRecord.class.getClassLoader(),
            new Class<?>[] {FlowRecord.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "dnsQueryId" -> 0xbeef;
                  case "dnsQueryType" -> 28;
                  case "dnsAnswerTtl" -> 86400L;
                  case "ftpReplyCode" -> 230;
                  default -> method.invoke(flow, arguments);
                });
  }

  private static void assertRow(Map<String, Float> row, Map<String, Double> expected) {
    assertThat(row.keySet()).containsAll(expected.keySet());
    row.forEach(
        (column, value) -> {
          double wanted = expected.getOrDefault(column, 0.0);
          assertThat((double) value).as(column).isCloseTo(wanted, within(wanted * 1e-6));
        });
  }
}
