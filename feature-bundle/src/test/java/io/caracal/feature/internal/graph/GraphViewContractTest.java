package io.caracal.feature.internal.graph;

import io.caracal.api.flow.ConnectionState;
import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowSummary;
import io.caracal.api.flow.FlowSummary.Volume;
import io.caracal.feature.internal.Traffic;
import io.caracal.testkit.ContextViewContract;
import java.util.ArrayList;
import java.util.List;

class GraphViewContractTest extends ContextViewContract {
  @Override
  protected ContextView view() {
    return new GraphView();
  }

  @Override
  protected List<FlowSummary> flows() {
    List<FlowSummary> flows = new ArrayList<>();
    EndReason[] reasons = EndReason.values();
    ConnectionState[] states = ConnectionState.values();
    for (int i = 0; i < 300; i++) {
      long now = Traffic.nanos(i * i / 50.0);
      flows.add(
          new FlowSummary(
              i,
              Traffic.tcp(i % 7, 1000 + i % 11, i % 13, i % 17),
              now,
              now,
              now,
              reasons[i % reasons.length],
              0,
              states[i % states.length],
              "",
              new Volume(1, 40L << i % 40, 12L << i % 40),
              new Volume(i % 2, 40L * (i % 2), 12L * (i % 2)),
              i % 3,
              i % 5 - 1));
    }
    return flows;
  }
}
