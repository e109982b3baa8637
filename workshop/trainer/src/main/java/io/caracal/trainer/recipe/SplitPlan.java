package io.caracal.trainer.recipe;

/**
 * How flows are divided. Attack runs are dealt whole; benign time is cut into cycles, each with a
 * stretch for every part, because the mix of traffic changes over the hours and a single cut would
 * compare one mix with another.
 *
 * @param seed orders the attack runs
 * @param calibration share of runs and of time
 * @param validation share of runs and of time
 * @param cycleSeconds length of a cycle of benign time
 * @param gapSeconds left out at the start of each stretch, so that what is going on at the cut
 *     stands on one side only
 */
public record SplitPlan(
    long seed, double calibration, double validation, double cycleSeconds, double gapSeconds) {
  /** Checks the shares. */
  public SplitPlan {
    if (!(calibration > 0 && validation > 0 && calibration + validation < 1)) {
      throw new IllegalArgumentException(
          "split shares must be positive and leave room for training");
    }
    if (!(gapSeconds >= 0 && gapSeconds < cycleSeconds * Math.min(calibration, validation))) {
      throw new IllegalArgumentException("the split's gap must be shorter than each stretch");
    }
  }
}
