package io.caracal.core.internal.site;

import io.caracal.api.detect.Scores;

/** A judged flow record as learning remembers it. */
final class Observation implements TimeSpreadSample.Item {
  private final long nanos;
  private final long priority;
  private final String source;
  private final String peer;
  private final float[] scores;
  private final byte[] classes;

  /**
   * A record.
   *
   * @param nanos when it was written, packet time, nanoseconds since 1970-01-01 UTC
   * @param priority drawn from the flow's ends and start, so that the same traffic draws the same
   * @param source the initiator's address
   * @param peer the responder's
   * @param scores by the learner's columns of detectors, NaN where one abstained; kept
   * @param classes index of the class that each named; kept
   */
  Observation(
      long nanos, long priority, String source, String peer, float[] scores, byte[] classes) {
    this.nanos = nanos;
    this.priority = priority;
    this.source = source;
    this.peer = peer;
    this.scores = scores;
    this.classes = classes;
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

  /** The score in a column, NaN if there is none. */
  float score(int column) {
    return column < scores.length ? scores[column] : Float.NaN;
  }

  /** The class that the detector of a column named, or {@link Scores#NO_CLASS}. */
  int attackClass(int column) {
    return column < classes.length ? classes[column] : Scores.NO_CLASS;
  }
}
