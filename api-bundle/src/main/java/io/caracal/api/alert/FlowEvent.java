package io.caracal.api.alert;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowIdentity;

/**
 * A flow that has ended.
 *
 * @param timeNanos when the record was written, in packet time
 * @param flowId number of the flow within this run
 * @param identity who talked to whom
 * @param startNanos first packet
 * @param lastNanos last packet
 * @param reason why it ended
 * @param forwardPackets the initiator's packets
 * @param backwardPackets the responder's packets
 * @param forwardBytes the initiator's IP bytes
 * @param backwardBytes the responder's IP bytes
 * @param probability the ensemble's last judgement, 0 to 1; negative if nothing judged it
 */
public record FlowEvent(
    long timeNanos,
    long flowId,
    FlowIdentity identity,
    long startNanos,
    long lastNanos,
    EndReason reason,
    long forwardPackets,
    long backwardPackets,
    long forwardBytes,
    long backwardBytes,
    float probability)
    implements SensorEvent {}
