package io.caracal.feature.internal;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;

/** What tests keep of a record, which is valid only while it is handed out. */
public record SeenFlow(
    long id,
    FlowIdentity identity,
    EndReason reason,
    int checkpoint,
    long startMicros,
    long lastMicros,
    long forwardPackets,
    long backwardPackets,
    long ipBytes,
    String history,
    boolean truncated) {

  public static SeenFlow of(FlowRecord flow) {
    return new SeenFlow(
        flow.flowId(),
        flow.identity(),
        flow.reason(),
        flow.checkpoint(),
        (flow.startNanos() - Packet.EPOCH) / 1000,
        (flow.lastNanos() - Packet.EPOCH) / 1000,
        flow.forward().packets(),
        flow.backward().packets(),
        flow.forward().ipBytes() + flow.backward().ipBytes(),
        flow.history(),
        flow.truncated());
  }

  public long packets() {
    return forwardPackets + backwardPackets;
  }
}
