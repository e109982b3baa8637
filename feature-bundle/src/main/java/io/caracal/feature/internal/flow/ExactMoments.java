package io.caracal.feature.internal.flow;

import io.caracal.api.flow.Moments;

/**
 * Moments from exact sums, for small integers such as packet lengths, where subtracting squares
 * loses nothing that matters.
 */
record ExactMoments(long count, long total, long squares, long smallest, long largest)
    implements Moments {
  static final ExactMoments NONE = new ExactMoments(0, 0, 0, 0, 0);

  /** The moments of both sets of observations together. */
  ExactMoments plus(ExactMoments other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    return new ExactMoments(
        count + other.count,
        total + other.total,
        squares + other.squares,
        Math.min(smallest, other.smallest),
        Math.max(largest, other.largest));
  }

  @Override
  public double min() {
    return smallest;
  }

  @Override
  public double max() {
    return largest;
  }

  @Override
  public double sum() {
    return total;
  }

  @Override
  public double mean() {
    return count == 0 ? 0 : (double) total / count;
  }

  @Override
  public double variance() {
    return count < 2 ? 0 : Math.max(0, squares - total * mean()) / (count - 1);
  }
}
