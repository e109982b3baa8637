package io.caracal.feature.internal.host;

import java.util.Arrays;

/**
 * The rhythm in which something starts: mean and variance of the intervals, of which the last 32 or
 * so count.
 */
final class Beats {
  private static final int MEMORY = 32;
  private static final double NANOS_PER_SECOND = 1e9;

  private long[] last = {};
  private int[] counts = {};
  private float[] means = {};
  private float[] variances = {};

  void clear(int slot) {
    if (slot >= last.length) {
      int capacity = Math.max(1024, 2 * last.length);
      last = Arrays.copyOf(last, capacity);
      counts = Arrays.copyOf(counts, capacity);
      means = Arrays.copyOf(means, capacity);
      variances = Arrays.copyOf(variances, capacity);
    }
    counts[slot] = 0;
    means[slot] = 0;
    variances[slot] = 0;
  }

  void start(int slot, long now) {
    int intervals = counts[slot]++;
    if (intervals > 0) {
      double weight = 1.0 / Math.min(intervals, MEMORY);
      double distance = (now - last[slot]) / NANOS_PER_SECOND - means[slot];
      means[slot] += (float) (weight * distance);
      variances[slot] = (float) ((1 - weight) * (variances[slot] + weight * distance * distance));
    }
    last[slot] = now;
  }

  /** Starts so far. */
  int count(int slot) {
    return counts[slot];
  }

  /** Mean interval in seconds, 0 below two starts. */
  float mean(int slot) {
    return means[slot];
  }

  /** Standard deviation of the intervals over their mean; 0 below three starts or a mean of 0. */
  double variation(int slot) {
    return means[slot] > 0 ? Math.sqrt(variances[slot]) / means[slot] : 0;
  }
}
