package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.STATE;

import io.caracal.api.flow.EndReason;

/** What has become of a flow, in one byte: its end reason, who sent FIN, and truncation. */
final class FlowState {
  static final int FORWARD_FIN = 1 << 3, BACKWARD_FIN = 1 << 4, TRUNCATED = 1 << 5;

  /** The record follows another one of the same connection, which its active timeout ended. */
  static final int CONTINUED = 1 << 6;

  private static final int FINS = FORWARD_FIN | BACKWARD_FIN;
  private static final int REASON = 7;
  private static final EndReason[] REASONS = EndReason.values();

  private final Memory memory;

  FlowState(Memory memory) {
    this.memory = memory;
  }

  void mark(long flow, int bits) {
    memory.putByte(flow + STATE, memory.getByte(flow + STATE) | bits);
  }

  boolean truncated(long flow) {
    return (memory.getByte(flow + STATE) & TRUNCATED) != 0;
  }

  boolean continued(long flow) {
    return (memory.getByte(flow + STATE) & CONTINUED) != 0;
  }

  boolean bothFins(long flow) {
    return (memory.getByte(flow + STATE) & FINS) == FINS;
  }

  int fins(long flow) {
    return memory.getByte(flow + STATE) & FINS;
  }

  /** False once both sides sent FIN, one sent RST, or the flow was ended otherwise. */
  boolean isOpen(long flow) {
    return (memory.getByte(flow + STATE) & REASON) == EndReason.CHECKPOINT.ordinal();
  }

  EndReason reason(long flow) {
    return REASONS[memory.getByte(flow + STATE) & REASON];
  }

  /** Ends a flow; one that TCP has closed keeps its reason. */
  void end(long flow, EndReason why) {
    if (isOpen(flow)) {
      mark(flow, why.ordinal());
    }
  }
}
