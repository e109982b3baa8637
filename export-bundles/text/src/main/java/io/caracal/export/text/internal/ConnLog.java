package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.packet.PacketHeaders;
import java.io.IOException;

/**
 * Flows in the columns of Zeek's {@code conn.log}; what the sensor does not know is unset ({@code
 * -}).
 *
 * @see <a href="https://docs.zeek.org/en/current/logs/conn.html">Zeek, conn.log</a>
 */
final class ConnLog implements FlowOutput {
  private static final String FIELDS =
      """
      #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\t\
      orig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\tmissed_bytes\thistory\t\
      orig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents
      #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\t\
      string\tbool\tbool\tcount\tstring\tcount\tcount\tcount\tcount\tset[string]
      """;

  private final TextFile file;
  private final Times times = new Times("uuuu-MM-dd-HH-mm-ss");
  private boolean begun;
  private long lastNanos;

  ConnLog(String path) throws IOException {
    file = new TextFile(path);
  }

  /** Packet time stands for Zeek's wall clock, so that one capture gives one log. */
  private void begin(long nanos) {
    if (!begun) {
      begun = true;
      StringBuilder text = file.text();
      text.append("#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n");
      text.append("#path\tconn\n#open\t");
      times.seconds(text, nanos);
      text.append('\n').append(FIELDS);
    }
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      FlowSummary flow = batch.flow(row);
      begin(flow.startNanos());
      lastNanos = Math.max(lastNanos, flow.writtenNanos());
      line(file.text(), flow);
      file.endLine();
    }
  }

  private static void line(StringBuilder line, FlowSummary flow) {
    FlowIdentity who = flow.who();
    Times.interval(line, flow.startNanos());
    line.append('\t').append(ConnUid.of(flow));
    line.append('\t').append(who.source()).append('\t').append(who.sourcePort());
    line.append('\t').append(who.destination()).append('\t').append(responsePort(who));
    line.append('\t').append(protocol(who.protocol())).append("\t-\t");
    if (flow.lastNanos() > flow.startNanos()) {
      Times.interval(line, flow.lastNanos() - flow.startNanos());
    } else {
      line.append('-');
    }
    line.append('\t').append(flow.forward().payloadBytes());
    line.append('\t').append(flow.backward().payloadBytes());
    line.append('\t').append(flow.state()).append("\t-\t-\t-\t").append(history(flow));
    line.append('\t').append(flow.forward().packets());
    line.append('\t').append(flow.forward().ipBytes());
    line.append('\t').append(flow.backward().packets());
    line.append('\t').append(flow.backward().ipBytes()).append("\t-");
  }

  /** Zeek has the ICMP code here; of messages that are answered it is 0. */
  private static int responsePort(FlowIdentity who) {
    boolean icmp = who.protocol() == PacketHeaders.ICMP || who.protocol() == PacketHeaders.ICMPV6;
    return icmp && !who.oneWay() ? 0 : who.destinationPort();
  }

  private static String protocol(int protocol) {
    return switch (protocol) {
      case PacketHeaders.TCP -> "tcp";
      case PacketHeaders.UDP -> "udp";
      case PacketHeaders.ICMP, PacketHeaders.ICMPV6 -> "icmp";
      default -> "unknown_transport";
    };
  }

  /** Of UDP only who sent data; who began comes first. */
  private static String history(FlowSummary flow) {
    String history =
        flow.who().protocol() == PacketHeaders.UDP
            ? (flow.forward().payloadBytes() > 0 ? "D" : "")
                + (flow.backward().payloadBytes() > 0 ? "d" : "")
            : flow.history();
    return history.isEmpty() ? "-" : history;
  }

  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    try (file) {
      begin(0);
      file.text().append("#close\t");
      times.seconds(file.text(), lastNanos);
      file.endLine();
    }
  }
}
