package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.ACTIVE_START;
import static io.caracal.feature.internal.flow.FlowLayout.SUBFLOWS;

/**
 * Active periods, the pauses between them, and sub-flows. As in the corrected CICFlowMeter, a
 * period counts once a pause has ended it and if it has a length; the running one does not.
 */
final class Activity {
  private static final long SUBFLOW_GAP_NANOS = 1_000_000_000L;

  private final FlowMemory flows;
  private final long timeoutNanos;

  /**
   * For one table.
   *
   * @param timeoutNanos a longer pause separates active periods
   */
  Activity(FlowMemory flows, long timeoutNanos) {
    this.flows = flows;
    this.timeoutNanos = timeoutNanos;
  }

  void start(long flow, long nanos) {
    flows.memory().putLong(flow + ACTIVE_START, nanos);
    flows.memory().putInt(flow + SUBFLOWS, 1);
  }

  /** Counts the silence before a packet that is not the flow's first. */
  void afterSilence(long flow, long silenceNanos, long lastNanos) {
    if (silenceNanos > SUBFLOW_GAP_NANOS) {
      flows.memory().addInt(flow + SUBFLOWS, 1);
    }
    if (silenceNanos > timeoutNanos) {
      pause(flow, silenceNanos, lastNanos);
    }
  }

  private void pause(long flow, long silenceNanos, long lastNanos) {
    Memory memory = flows.memory();
    long rare = flows.rareOf(flow);
    long length = lastNanos - memory.getLong(flow + ACTIVE_START);
    if (length > 0) {
      TimeMoments.add(flows.rare(), rare + FlowLayout.Rare.ACTIVE, length);
    }
    TimeMoments.add(flows.rare(), rare + FlowLayout.Rare.IDLE, silenceNanos);
    memory.putLong(flow + ACTIVE_START, lastNanos + silenceNanos);
  }
}
