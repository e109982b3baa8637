package io.caracal.api.alert;

import io.caracal.api.flow.FlowSummary;

/**
 * A flow that has ended.
 *
 * @param flow what is known of it
 * @param probability the ensemble's last judgement, 0 to 1; negative if nothing judged it
 */
public record FlowEvent(FlowSummary flow, float probability) implements SensorEvent {
  /** When the record was written, in packet time. */
  @Override
  public long timeNanos() {
    return flow.writtenNanos();
  }
}
