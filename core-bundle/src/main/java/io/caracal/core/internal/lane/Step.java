package io.caracal.core.internal.lane;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowRecord;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A flow that begins, or a record of it: one point in the order that holds for all lanes.
 *
 * @param nanos the flow table's clock at that moment, nanoseconds since 1970-01-01 UTC
 * @param flowNanos time of the flow's first packet, nanoseconds since 1970-01-01 UTC
 * @param who the flow's ends
 * @param rows the batch that the record stands in; null for a start
 * @param row its row there
 */
record Step(long nanos, long flowNanos, FlowIdentity who, @Nullable Rows rows, int row)
    implements Comparable<Step> {

  /** Any total order will do that is the same on every run. */
  private static final Comparator<FlowIdentity> IDENTITY =
      Comparator.comparingLong(FlowIdentity::sourceHigh)
          .thenComparingLong(FlowIdentity::sourceLow)
          .thenComparingLong(FlowIdentity::destinationHigh)
          .thenComparingLong(FlowIdentity::destinationLow)
          .thenComparingInt(FlowIdentity::sourcePort)
          .thenComparingInt(FlowIdentity::destinationPort)
          .thenComparingInt(FlowIdentity::protocol)
          .thenComparingInt(FlowIdentity::vlan)
          .thenComparing(FlowIdentity::encapsulation)
          .thenComparingInt(FlowIdentity::tunnelId)
          .thenComparing(FlowIdentity::oneWay)
          .thenComparing(FlowIdentity::ipv6);

  /** The start of a flow. */
  static Step start(FlowRecord flow) {
    return new Step(flow.writtenNanos(), flow.startNanos(), flow.identity(), null, 0);
  }

  /** Whether this is a record, not a start. */
  boolean record() {
    return rows != null;
  }

  /**
   * By time, then starts before records, then by the flow's start and identity. Equal steps are of
   * one flow and so of one lane, where they keep the order in which they came.
   */
  @Override
  public int compareTo(Step other) {
    if (nanos != other.nanos) {
      return Long.compare(nanos, other.nanos);
    }
    if (record() != other.record()) {
      return record() ? 1 : -1;
    }
    return flowNanos != other.flowNanos
        ? Long.compare(flowNanos, other.flowNanos)
        : IDENTITY.compare(who, other.who);
  }
}
