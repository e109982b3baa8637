package io.caracal.export.text.internal;

import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.ViewDescription;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The view {@code cic} with the header, the order of columns and the spelling of times of the
 * corrected CICFlowMeter (G. Engelen, V. Rimmer, W. Joosen: Troubleshooting an Intrusion Detection
 * Dataset, 2021). Durations, packets and bytes are exact where float32 would round.
 */
final class CicCsv implements FlowOutput {
  private static final String IDENTITY = "Flow ID,Src IP,Src Port,Dst IP";
  private static final String PORTS = "Dst Port,Protocol";
  private static final String TIME = "Timestamp";
  private static final String FIRST =
      """
      Flow Duration,Total Fwd Packet,Total Bwd packets,Total Length of Fwd Packet,\
      Total Length of Bwd Packet,Fwd Packet Length Max,Fwd Packet Length Min,\
      Fwd Packet Length Mean,Fwd Packet Length Std,Bwd Packet Length Max,Bwd Packet Length Min,\
      Bwd Packet Length Mean,Bwd Packet Length Std,Flow Bytes/s,Flow Packets/s,Flow IAT Mean,\
      Flow IAT Std,Flow IAT Max,Flow IAT Min,Fwd IAT Total,Fwd IAT Mean,Fwd IAT Std,Fwd IAT Max,\
      Fwd IAT Min,Bwd IAT Total,Bwd IAT Mean,Bwd IAT Std,Bwd IAT Max,Bwd IAT Min,Fwd PSH Flags,\
      Bwd PSH Flags,Fwd URG Flags,Bwd URG Flags,Fwd RST Flags,Bwd RST Flags,Fwd Header Length,\
      Bwd Header Length,Fwd Packets/s,Bwd Packets/s,Packet Length Min,Packet Length Max,\
      Packet Length Mean,Packet Length Std,Packet Length Variance,FIN Flag Count,SYN Flag Count,\
      RST Flag Count,PSH Flag Count,ACK Flag Count,URG Flag Count,CWR Flag Count,ECE Flag Count,\
      Down/Up Ratio,Average Packet Size,Fwd Segment Size Avg,Bwd Segment Size Avg,\
      Fwd Bytes/Bulk Avg,Fwd Packet/Bulk Avg,Fwd Bulk Rate Avg,Bwd Bytes/Bulk Avg,\
      Bwd Packet/Bulk Avg,Bwd Bulk Rate Avg,Subflow Fwd Packets,Subflow Fwd Bytes,\
      Subflow Bwd Packets,Subflow Bwd Bytes,FWD Init Win Bytes,Bwd Init Win Bytes,\
      Fwd Act Data Pkts,Bwd Act Data Pkts,Fwd Seg Size Min,Bwd Seg Size Min,Active Mean,\
      Active Std,Active Max,Active Min,Idle Mean,Idle Std,Idle Max,Idle Min,ICMP Code,ICMP Type,\
      Fwd TCP Retrans. Count,Bwd TCP Retrans. Count,Total TCP Retrans. Count,\
      Total Connection Flow Time\
      """;
  private static final String LABEL = "Label";

  /** What CICFlowMeter writes for everything: labels are given by people. */
  private static final String UNLABELLED = "NeedManualLabel";

  static final String HEADER = String.join(",", IDENTITY, PORTS, TIME, FIRST, LABEL);

  private final TextFile file;
  private final Times times = new Times("uuuu-MM-dd HH:mm:ss");
  private final List<Cell> cells;

  /** One column after the timestamp. */
  @FunctionalInterface
  private interface Cell {
    void append(StringBuilder line, FlowBatch batch, int row);
  }

  CicCsv(String path, ViewDescription cic) throws IOException {
    cells = Arrays.stream(FIRST.split(",")).map(name -> cell(name, cic)).toList();
    file = new TextFile(path);
    file.text().append(HEADER);
    file.endLine();
  }

  private static Cell cell(String name, ViewDescription cic) {
    return switch (name) {
      case "Flow Duration", "Total Connection Flow Time" ->
          exact(flow -> (flow.lastNanos() - flow.startNanos()) / 1000);
      case "Total Fwd Packet" -> exact(flow -> flow.forward().packets());
      case "Total Bwd packets" -> exact(flow -> flow.backward().packets());
      case "Total Length of Fwd Packet" -> exact(flow -> flow.forward().payloadBytes());
      case "Total Length of Bwd Packet" -> exact(flow -> flow.backward().payloadBytes());
      default -> {
        ViewDescription extra = CicExtra.VIEW.description();
        yield extra.columnNames().contains(name) ? column(name, extra) : column(name, cic);
      }
    };
  }

  private static Cell exact(ToLongFunction<FlowSummary> value) {
    return (line, batch, row) -> line.append(value.applyAsLong(batch.flow(row)));
  }

  private static Cell column(String name, ViewDescription view) {
    int index = view.columnNames().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the view "
              + view.name()
              + " "
              + view.version()
              + " has no column '"
              + name
              + "', which CICFlowMeter's table needs; choose another format, or install cic 1");
    }
    int width = view.width();
    return (line, batch, row) ->
        Values.append(line, batch.view(view.name()).get(row * width + index));
  }

  @Override
  public void write(FlowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      StringBuilder line = file.text();
      identity(line, batch.flow(row));
      for (Cell cell : cells) {
        line.append(',');
        cell.append(line, batch, row);
      }
      line.append(',').append(UNLABELLED);
      file.endLine();
    }
  }

  private void identity(StringBuilder line, FlowSummary flow) {
    FlowIdentity who = flow.who();
    String source = who.source();
    String destination = who.destination();
    line.append(source).append('-').append(destination).append('-').append(who.sourcePort());
    line.append('-').append(who.destinationPort()).append('-').append(who.protocol()).append(',');
    line.append(source).append(',').append(who.sourcePort()).append(',').append(destination);
    line.append(',').append(who.destinationPort()).append(',').append(who.protocol()).append(',');
    times.micros(line, flow.startNanos());
  }

  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
