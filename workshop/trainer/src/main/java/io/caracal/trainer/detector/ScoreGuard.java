package io.caracal.trainer.detector;

import io.caracal.trainer.TrainerException;
import java.util.Arrays;

/** Refuses models whose scores cannot tell anything. */
final class ScoreGuard {
  /** Between these shares of the flows a score must vary. */
  private static final double LOW = 0.05;

  private static final double HIGH = 0.95;

  /** By at least this share of its size. */
  private static final double LEAST_SPREAD = 1e-3;

  private ScoreGuard() {}

  /**
   * Looks at the scores of benign calibration flows.
   *
   * @param detector its id
   * @param scores one per flow record
   * @throws TrainerException if one is not finite, or if nearly all are equal: the network has
   *     collapsed
   */
  static void check(String detector, float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    if (count == 0) {
      throw new TrainerException(
          detector + " scores none of the benign calibration flows: give more data");
    }
    for (float score : sorted) {
      if (!Float.isFinite(score)) {
        throw new TrainerException(
            detector + " gives a score of " + score + ": lower the learning rate");
      }
    }
    float low = sorted[(int) (LOW * (count - 1))];
    float high = sorted[(int) (HIGH * (count - 1))];
    if (high - low <= LEAST_SPREAD * Math.max(Math.abs(low), Math.abs(high))) {
      throw new TrainerException(
          detector
              + " has collapsed: 90 % of the benign flows have scores between "
              + low
              + " and "
              + high
              + "; train for fewer epochs or at a lower rate");
    }
  }
}
