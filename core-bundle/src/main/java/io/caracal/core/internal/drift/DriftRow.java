package io.caracal.core.internal.drift;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.core.internal.site.TimeSpreadSample;

/** A flow record that was judged benign, as the watch remembers it. */
final class DriftRow implements TimeSpreadSample.Item {
  private final long nanos;
  private final long priority;
  private final FlowIdentity who;
  private final float[] evidence;
  private final float[] columns;

  /**
   * A row.
   *
   * @param evidence of the reference's members, NaN where one abstained; kept
   * @param columns of the flat views; kept
   */
  DriftRow(long nanos, long priority, FlowIdentity who, float[] evidence, float[] columns) {
    this.nanos = nanos;
    this.priority = priority;
    this.who = who;
    this.evidence = evidence;
    this.columns = columns;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long priority() {
    return priority;
  }

  Source source() {
    return Source.of(who);
  }

  float evidence(int member) {
    return evidence[member];
  }

  int width() {
    return columns.length;
  }

  float column(int column) {
    return columns[column];
  }

  /** The mean over the members that scored; NaN if none did. */
  double meanEvidence() {
    double sum = 0;
    int count = 0;
    for (float value : evidence) {
      if (!Float.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return sum / count;
  }

  /** An initiator. */
  record Source(boolean ipv6, long high, long low) {
    static Source of(FlowIdentity who) {
      return new Source(who.ipv6(), who.sourceHigh(), who.sourceLow());
    }
  }
}
