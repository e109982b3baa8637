package io.caracal.feature.internal.flow;

import io.caracal.api.flow.Moments;

/**
 * Moments of times in nanoseconds, at least 0. The sum of squared distances is updated with every
 * time, because squares of nanoseconds overflow a long, and a beacon's jitter drowns in the
 * rounding of their doubles.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1971.10488826">Youngs and Cramer 1971</a>
 */
record TimeMoments(long count, long total, long smallest, long largest, double squaredDistances)
    implements Moments {
  static final TimeMoments NONE = new TimeMoments(0, 0, 0, 0, 0);

  private static final int SMALLEST = 0, LARGEST = 8, SQUARES = 16;
  private static final int COUNT = 24, TOTAL = 32;

  /**
   * Adds a time to moments whose count and sum are known from elsewhere; they take 24 bytes.
   *
   * @param count observations, this one included
   * @param total their sum, this one included
   */
  static void add(Memory memory, long at, long value, long count, long total) {
    if (count == 1) {
      memory.putLong(at + SMALLEST, value);
      memory.putLong(at + LARGEST, value);
      return;
    }
    if (value < memory.getLong(at + SMALLEST)) {
      memory.putLong(at + SMALLEST, value);
    }
    if (value > memory.getLong(at + LARGEST)) {
      memory.putLong(at + LARGEST, value);
    }
    double distance = (double) count * value - total;
    double squares = distance * distance / ((double) count * (count - 1));
    memory.putDouble(at + SQUARES, memory.getDouble(at + SQUARES) + squares);
  }

  /** Adds a time to moments that hold their count and sum; they take 40 bytes. */
  static void add(Memory memory, long at, long value) {
    memory.addLong(at + COUNT, 1);
    memory.addLong(at + TOTAL, value);
    add(memory, at, value, memory.getLong(at + COUNT), memory.getLong(at + TOTAL));
  }

  /** The moments of 24 bytes. */
  static TimeMoments read(Memory memory, long at, long count, long total) {
    return count == 0
        ? NONE
        : new TimeMoments(
            count,
            total,
            memory.getLong(at + SMALLEST),
            memory.getLong(at + LARGEST),
            memory.getDouble(at + SQUARES));
  }

  /** The moments of 40 bytes. */
  static TimeMoments read(Memory memory, long at) {
    return read(memory, at, memory.getLong(at + COUNT), memory.getLong(at + TOTAL));
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
    return count < 2 ? 0 : squaredDistances / (count - 1);
  }
}
