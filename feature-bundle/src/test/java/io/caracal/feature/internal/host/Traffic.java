package io.caracal.feature.internal.host;

import io.caracal.api.flow.ConnectionState;
import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.FlowSummary.Volume;
import io.caracal.feature.internal.Packet;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Feeds a memory of the view; times are seconds. */
final class Traffic {
  private final HostView view = new HostView();
  private final ContextView.Context context = view.open();

  static FlowIdentity tcp(int source, int sourcePort, int destination, int port) {
    return new FlowIdentity(false, 0, source, sourcePort, 0, destination, port, 6, 0, false);
  }

  static long nanos(double seconds) {
    return Packet.EPOCH + Math.round(seconds * 1e9);
  }

  void start(double seconds, FlowIdentity who) {
    context.onStart(who, nanos(seconds));
  }

  Map<String, Float> end(
      double seconds, FlowIdentity who, ConnectionState state, long bytesOut, long bytesIn) {
    return record(seconds, who, EndReason.FIN, state, bytesOut, bytesIn);
  }

  Map<String, Float> checkpoint(double seconds, FlowIdentity who) {
    return record(seconds, who, EndReason.CHECKPOINT, ConnectionState.S1, 5000, 5000);
  }

  private Map<String, Float> record(
      double seconds,
      FlowIdentity who,
      EndReason reason,
      ConnectionState state,
      long bytesOut,
      long bytesIn) {
    List<String> names = view.description().columnNames();
    FloatBuffer row = FloatBuffer.allocate(names.size() + 2);
    row.put(0, -1).put(names.size() + 1, -2);
    long now = nanos(seconds);
    context.write(
        new FlowSummary(
            0,
            who,
            now,
            now,
            now,
            reason,
            0,
            state,
            "",
            new Volume(1, bytesOut, 0),
            new Volume(1, bytesIn, 0)),
        row,
        1);
    if (row.get(0) != -1 || row.get(names.size() + 1) != -2 || row.position() != 0) {
      throw new AssertionError("the row is written beside its place");
    }
    Map<String, Float> columns = new LinkedHashMap<>();
    names.forEach(name -> columns.put(name, row.get(1 + columns.size())));
    return columns;
  }
}
