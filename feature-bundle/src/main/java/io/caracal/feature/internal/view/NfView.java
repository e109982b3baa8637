package io.caracal.feature.internal.view;

import static io.caracal.api.flow.ViewDescription.Use.EXTERNAL;
import static io.caracal.api.flow.ViewDescription.Use.FEATURE;
import static io.caracal.api.flow.ViewDescription.Use.LEAKS;
import static io.caracal.feature.internal.view.Quantity.HOPS;
import static io.caracal.feature.internal.view.Quantity.ID;
import static io.caracal.feature.internal.view.Quantity.NOTHING;
import static io.caracal.feature.internal.view.Quantity.PORT;
import static io.caracal.feature.internal.view.Quantity.REPLY_CODE;
import static io.caracal.feature.internal.view.Quantity.SMALL_ID;
import static io.caracal.feature.internal.view.Quantity.TTL;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.FeatureView;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.packet.PacketHeaders;
import java.nio.FloatBuffer;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * The NetFlow v3 feature set of the NF-UQ-NIDS data sets, in the order of their tables: what nProbe
 * exports, which calls the client's packets "in" and the server's "out".
 *
 * @see <a href="https://arxiv.org/abs/2503.04404">Luay et al. 2025</a>
 */
@Component(
    service = View.class,
    property = {"name=nf", "version=1.0"})
public final class NfView implements FeatureView {
  private static final ViewDescription DESCRIPTION =
      Row.describe("nf", "1.0", List.of(53), row -> columns(NoFlow.RECORD, row));

  @Override
  public ViewDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void write(FlowRecord flow, FloatBuffer row, int offset) {
    Row columns = Row.empty();
    columns(flow, columns);
    columns.copyTo(row, offset);
  }

  private static void columns(FlowRecord flow, Row row) {
    FlowIdentity who = flow.identity();
    DirectionRecord in = flow.forward();
    DirectionRecord out = flow.backward();
    long nanos = flow.lastNanos() - flow.startNanos();
    row.source("NF-v3");
    ends(who, row);
    NfVolume.bytesAndPackets(in, out, row);
    NfVolume.flags(in, out, row);
    NfTimes.durations(nanos, in, out, row);
    row.use(LEAKS);
    row.put("MIN_TTL", HOPS, "Smallest TTL or hop limit.", least(in, out));
    row.put("MAX_TTL", HOPS, "Largest TTL or hop limit.", Math.max(in.maxTtl(), out.maxTtl()));
    row.use(FEATURE);
    NfVolume.lengths(in, out, row);
    NfTimes.bytesPerSecond(nanos, in, out, row);
    NfVolume.retransmitted(in, out, row);
    NfTimes.throughput(nanos, in, out, row);
    NfVolume.sizes(flow, row);
    NfVolume.windows(in, out, row);
    messages(who, flow, row);
    NfTimes.interArrival(in.interArrival(), row);
    row.reading(List.of("SRC_TO_DST", "DST_TO_SRC", "client", "server"));
    NfTimes.interArrival(out.interArrival(), row);
    row.reading(List.of());
  }

  private static void ends(FlowIdentity who, Row row) {
    row.use(EXTERNAL);
    row.put("FLOW_START_MILLISECONDS", NOTHING, "Time of the first packet, ms since 1970.", 0);
    row.put("FLOW_END_MILLISECONDS", NOTHING, "Time of the last packet, ms since 1970.", 0);
    row.put("IPV4_SRC_ADDR", NOTHING, "The client's address, IPv6 too.", 0);
    row.use(LEAKS);
    row.put("L4_SRC_PORT", PORT, "The client's port; 0 without ports.", port(who, true));
    row.use(EXTERNAL);
    row.put("IPV4_DST_ADDR", NOTHING, "The server's address, IPv6 too.", 0);
    row.use(FEATURE);
    row.put("L4_DST_PORT", PORT, "The server's port; 0 without ports.", port(who, false));
    row.put("PROTOCOL", SMALL_ID, "IP protocol number.", who.protocol());
    row.put(
        "L7_PROTO",
        NOTHING,
        "Always 0, unknown: nDPI's number of the application, which takes inspecting payload.",
        0);
  }

  private static void messages(FlowIdentity who, FlowRecord flow, Row row) {
    row.put("ICMP_TYPE", ID, "ICMP type * 256 + code of the first packet.", typeAndCode(who));
    row.put(
        "ICMP_IPV4_TYPE",
        SMALL_ID,
        "ICMP type of the first packet; 0 for ICMPv6.",
        who.protocol() == PacketHeaders.ICMP ? who.sourcePort() : 0);
    row.use(LEAKS);
    row.put("DNS_QUERY_ID", ID, "Transaction id of the first DNS query.", flow.dnsQueryId());
    row.use(FEATURE);
    row.put(
        "DNS_QUERY_TYPE",
        ID,
        "Type that the first DNS query asks for, such as 1 for A.",
        flow.dnsQueryType());
    row.put(
        "DNS_TTL_ANSWER",
        TTL,
        "Time to live of the first A record of the first DNS answer.",
        flow.dnsAnswerTtl());
    row.put(
        "FTP_COMMAND_RET_CODE",
        REPLY_CODE,
        "Last reply code of an FTP control connection.",
        flow.ftpReplyCode());
  }

  private static int least(DirectionRecord in, DirectionRecord out) {
    return out.packets() == 0
        ? in.minTtl()
        : in.packets() == 0 ? out.minTtl() : Math.min(in.minTtl(), out.minTtl());
  }

  private static boolean icmp(FlowIdentity who) {
    return who.protocol() == PacketHeaders.ICMP || who.protocol() == PacketHeaders.ICMPV6;
  }

  private static int port(FlowIdentity who, boolean client) {
    return icmp(who) ? 0 : client ? who.sourcePort() : who.destinationPort();
  }

  /** The messages of an exchange have the code 0; of others it stands in place of the port. */
  private static int typeAndCode(FlowIdentity who) {
    return icmp(who) ? who.sourcePort() * 256 + (who.oneWay() ? who.destinationPort() : 0) : 0;
  }
}
