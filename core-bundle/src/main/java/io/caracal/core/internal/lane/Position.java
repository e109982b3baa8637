package io.caracal.core.internal.lane;

/**
 * How far a lane has come: no step before it is still to come.
 *
 * @param nanos the flow table's clock
 * @param flowNanos among the records written at that time, the start of the next flow, where they
 *     come in that order; otherwise {@link Long#MIN_VALUE}
 */
record Position(long nanos, long flowNanos) implements Comparable<Position> {
  static final Position BEGIN = at(Long.MIN_VALUE);
  static final Position END = at(Long.MAX_VALUE);

  /** Of a lane that will not begin anew. */
  static final Position GONE = new Position(Long.MAX_VALUE, Long.MAX_VALUE);

  static Position at(long nanos) {
    return new Position(nanos, Long.MIN_VALUE);
  }

  /** Whether a step lies before. */
  boolean after(Step step) {
    return step.nanos() < nanos
        || (step.nanos() == nanos
            && flowNanos != Long.MIN_VALUE
            && (!step.record() || step.flowNanos() < flowNanos));
  }

  @Override
  public int compareTo(Position other) {
    return nanos != other.nanos
        ? Long.compare(nanos, other.nanos)
        : Long.compare(flowNanos, other.flowNanos);
  }
}
