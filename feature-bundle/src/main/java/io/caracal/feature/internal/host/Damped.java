package io.caracal.feature.internal.host;

import io.caracal.feature.internal.context.Exponential;
import java.util.Arrays;

/**
 * Sums that forget: each fades by the factor e in its own time, 1, 10, 60 or 600 seconds, so that a
 * sum of ones is about the number of events in that time. All sums of a slot fade together.
 */
final class Damped {
  static final int SECOND = 0, TEN_SECONDS = 1, MINUTE = 2, TEN_MINUTES = 3;

  private static final int SCALES = 4;
  private static final double LONGEST_NANOS = 600e9;

  /** Counts as nothing: denormal numbers are slow. */
  private static final double NEGLIGIBLE = 1e-6;

  private final int sums;
  private float[] values = {};
  private long[] times = {};

  /**
   * No slots.
   *
   * @param kinds quantities, each summed over all scales
   */
  Damped(int kinds) {
    sums = kinds * SCALES;
  }

  /** Makes a slot empty, the next one too if it was never used. */
  void clear(int slot, long now) {
    if (slot >= times.length) {
      int capacity = Math.max(1024, 2 * times.length);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity * sums);
    }
    times[slot] = now;
    Arrays.fill(values, slot * sums, (slot + 1) * sums, 0);
  }

  /** Lets all sums of a slot fade to the present. */
  void fade(int slot, long now) {
    long passed = now - times[slot];
    if (passed <= 0) {
      return;
    }
    times[slot] = now;
    double tenMinutes = Exponential.ofMinus(passed / LONGEST_NANOS);
    double minute = tenth(tenMinutes);
    double square = minute * minute;
    double tenSeconds = square * square * square;
    double second = tenth(tenSeconds);
    int end = (slot + 1) * sums;
    for (int at = slot * sums; at < end; at += SCALES) {
      values[at + SECOND] = faded(values[at + SECOND] * second);
      values[at + TEN_SECONDS] = faded(values[at + TEN_SECONDS] * tenSeconds);
      values[at + MINUTE] = faded(values[at + MINUTE] * minute);
      values[at + TEN_MINUTES] = faded(values[at + TEN_MINUTES] * tenMinutes);
    }
  }

  /** Adds to a quantity on all scales; the slot has faded to the present. */
  void add(int slot, int kind, float amount) {
    int at = slot * sums + kind * SCALES;
    for (int scale = 0; scale < SCALES; scale++) {
      values[at + scale] += amount;
    }
  }

  float sum(int slot, int kind, int scale) {
    return values[slot * sums + kind * SCALES + scale];
  }

  private static float faded(double value) {
    return value < NEGLIGIBLE ? 0 : (float) value;
  }

  /** Fading for ten times as long. */
  private static double tenth(double factor) {
    double square = factor * factor;
    double fourth = square * square;
    return fourth * fourth * square;
  }
}
