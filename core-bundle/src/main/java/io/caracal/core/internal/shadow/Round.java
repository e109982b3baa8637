package io.caracal.core.internal.shadow;

import io.caracal.api.detect.Judgements;

/** What one batch shows of two versions. Used by one thread. */
final class Round {
  long rows;
  long agreed;
  double shift;
  double largestShift;
  long detectionsFrom;
  long detectionsTo;

  /** Both gave a row a score. */
  void both(double from, boolean attackFrom, double to, boolean attackTo) {
    rows++;
    agreed += attackFrom == attackTo ? 1 : 0;
    shift += to - from;
    largestShift = Math.max(largestShift, Math.abs(to - from));
  }

  /** Only the version on trial was there to score a row. */
  void alone() {
    rows++;
    agreed++;
  }

  /** Counts the detections there are, and those that would be. */
  void detections(Judgements from, double thresholdFrom, Judgements to, double thresholdTo) {
    for (int row = 0; row < from.size(); row++) {
      detectionsFrom += detected(from, row, thresholdFrom) ? 1 : 0;
      detectionsTo += detected(to, row, thresholdTo) ? 1 : 0;
    }
  }

  static boolean detected(Judgements judgements, int row, double threshold) {
    return judgements.judged(row) && judgements.probability(row) >= threshold;
  }
}
