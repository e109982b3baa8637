package io.caracal.core.internal.site;

/** A flow record's features of the flat views, one view after the other. */
final class ColumnRow implements TimeSpreadSample.Item {
  private final long nanos;
  private final long priority;
  private final String source;
  private final String peer;
  private final float[] values;

  /**
   * A row.
   *
   * @param nanos when the record was written
   * @param priority see {@link Observation}
   * @param source the initiator's address
   * @param peer the responder's
   * @param values in the order of {@link FlatViews#names}; kept
   */
  ColumnRow(long nanos, long priority, String source, String peer, float[] values) {
    this.nanos = nanos;
    this.priority = priority;
    this.source = source;
    this.peer = peer;
    this.values = values;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long priority() {
    return priority;
  }

  String source() {
    return source;
  }

  String peer() {
    return peer;
  }

  int width() {
    return values.length;
  }

  float value(int column) {
    return values[column];
  }
}
