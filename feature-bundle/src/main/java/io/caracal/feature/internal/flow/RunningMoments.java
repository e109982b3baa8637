package io.caracal.feature.internal.flow;

import io.caracal.api.flow.Moments;

/**
 * Moments of times in nanoseconds, at least 0. Welford's update, because squares of nanoseconds
 * overflow a long, and a beacon's jitter drowns in the rounding of their doubles.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1962.10490022">Welford 1962</a>
 */
final class RunningMoments implements Moments {
  private long count;
  private long sum;
  private long min = Long.MAX_VALUE;
  private long max;
  private double mean;
  private double squaredDistances;

  void add(long value) {
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    double distance = value - mean;
    mean += distance / count;
    squaredDistances += distance * (value - mean);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double min() {
    return count == 0 ? 0 : min;
  }

  @Override
  public double max() {
    return max;
  }

  @Override
  public double sum() {
    return sum;
  }

  @Override
  public double mean() {
    return count == 0 ? 0 : (double) sum / count;
  }

  @Override
  public double variance() {
    return count < 2 ? 0 : squaredDistances / (count - 1);
  }
}
