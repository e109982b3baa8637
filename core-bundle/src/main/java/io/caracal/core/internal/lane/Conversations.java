package io.caracal.core.internal.lane;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.TCP;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowRecord;

/**
 * Counts the TCP conversations that ended, and those of which only one side's packets were seen. A
 * flow is a conversation if several of its packets acknowledge something: nobody does that for long
 * without hearing from the other side. SYN scans and floods acknowledge nothing, and other scans
 * send a packet or two to a port, so neither counts.
 */
final class Conversations {
  private static final int SEVERAL = 4;

  private long ended;
  private long oneSided;

  void count(FlowRecord flow) {
    if (flow.protocol() != TCP || flow.reason() == EndReason.CHECKPOINT) {
      return;
    }
    if (flow.forward().flagCount(ACK) + flow.backward().flagCount(ACK) < SEVERAL) {
      return;
    }
    ended++;
    if (flow.forward().packets() == 0 || flow.backward().packets() == 0) {
      oneSided++;
    }
  }

  long ended() {
    return ended;
  }

  long oneSided() {
    return oneSided;
  }
}
