package io.caracal.feature.internal;

import io.caracal.api.flow.ConnectionState;
import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.FlowSummary.Volume;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Feeds a memory of the view; times are seconds. */
public final class Traffic {
  private final ContextView view;
  private final ContextView.Context context;

  public Traffic(ContextView view) {
    this.view = view;
    this.context = view.open();
  }

  public static FlowIdentity tcp(int source, int sourcePort, int destination, int port) {
    return new FlowIdentity(false, 0, source, sourcePort, 0, destination, port, 6, 0, false);
  }

  public static long nanos(double seconds) {
    return Packet.EPOCH + Math.round(seconds * 1e9);
  }

  public void start(double seconds, FlowIdentity who) {
    context.onStart(who, nanos(seconds));
  }

  public Map<String, Float> end(
      double seconds, FlowIdentity who, ConnectionState state, long bytesOut, long bytesIn) {
    return record(seconds, who, EndReason.FIN, state, bytesOut, bytesIn);
  }

  public Map<String, Float> checkpoint(double seconds, FlowIdentity who) {
    return record(seconds, who, EndReason.CHECKPOINT, ConnectionState.S1, 5000, 5000);
  }

  private Map<String, Float> record(
      double seconds,
      FlowIdentity who,
      EndReason reason,
      ConnectionState state,
      long bytesOut,
      long bytesIn) {
    return record(summary(seconds, seconds, who, reason, state, bytesOut, bytesIn, 0, -1));
  }

  /** A record of a flow of one packet each way; its payload is what its packets are. */
  public static FlowSummary summary(
      double start,
      double seconds,
      FlowIdentity who,
      EndReason reason,
      ConnectionState state,
      long bytesOut,
      long bytesIn,
      int dnsQueryType,
      int dnsResponseCode) {
    return new FlowSummary(
        0,
        who,
        nanos(start),
        nanos(seconds),
        nanos(seconds),
        reason,
        0,
        state,
        "",
        new Volume(1, bytesOut, bytesOut),
        new Volume(1, bytesIn, bytesIn),
        dnsQueryType,
        dnsResponseCode);
  }

  /** Writes a row, and looks that nothing beside it is touched. */
  public Map<String, Float> record(FlowSummary flow) {
    List<String> names = view.description().columnNames();
    FloatBuffer row = FloatBuffer.allocate(names.size() + 2);
    row.put(0, -1).put(names.size() + 1, -2);
    context.write(flow, row, 1);
    if (row.get(0) != -1 || row.get(names.size() + 1) != -2 || row.position() != 0) {
      throw new AssertionError("the row is written beside its place");
    }
    Map<String, Float> columns = new LinkedHashMap<>();
    names.forEach(name -> columns.put(name, row.get(1 + columns.size())));
    return columns;
  }

  /** See {@link ContextView.Context#counters}. */
  public Map<String, Long> counters() {
    return context.counters();
  }
}
