package io.caracal.feature.internal.history;

import java.util.Arrays;

/**
 * What values of each slot usually are: mean and mean absolute deviation, in which the last so many
 * count. A value far from the mean is brought closer before it counts, so that one that stands out
 * does not become usual at once (a winsorised mean, Huber 1964).
 */
final class Typical {
  private static final float FAR = 4;
  private static final int COUNT = 0, MEAN = 1, DEVIATION = 2, CELLS = 3;

  private final int kinds;
  private final float memory;
  private final float least;
  private float[] cells = {};

  /**
   * No slots.
   *
   * @param kinds of values that a slot has
   * @param memory how many of the last values count
   * @param least deviation that is taken for granted
   */
  Typical(int kinds, int memory, float least) {
    this.kinds = kinds;
    this.memory = memory;
    this.least = least;
  }

  /** Makes a slot empty, the next one too if it was never used. */
  void clear(int slot) {
    int end = (slot + 1) * kinds * CELLS;
    if (end > cells.length) {
      cells = Arrays.copyOf(cells, Math.max(1024 * kinds * CELLS, 2 * cells.length));
    }
    Arrays.fill(cells, end - kinds * CELLS, end, 0);
  }

  void add(int slot, int kind, float value) {
    int at = (slot * kinds + kind) * CELLS;
    float count = cells[at + COUNT];
    cells[at + COUNT] = count + 1;
    if (count == 0) {
      cells[at + MEAN] = value;
      return;
    }
    float distance = value - cells[at + MEAN];
    if (count > FAR) {
      float far = FAR * (cells[at + DEVIATION] + least);
      distance = Math.max(-far, Math.min(far, distance));
    }
    float share = 1 / Math.min(count, memory);
    cells[at + DEVIATION] += share * (Math.abs(distance) - cells[at + DEVIATION]);
    cells[at + MEAN] += 1 / Math.min(count + 1, memory) * distance;
  }

  /** Values so far. */
  float count(int slot, int kind) {
    return cells[(slot * kinds + kind) * CELLS + COUNT];
  }

  float mean(int slot, int kind) {
    return cells[(slot * kinds + kind) * CELLS + MEAN];
  }

  /** Mean absolute deviation from the mean of the time; 0 below two values. */
  float deviation(int slot, int kind) {
    return cells[(slot * kinds + kind) * CELLS + DEVIATION];
  }

  /**
   * How far a value is from the mean, in deviations and what is granted.
   *
   * @param enough values without which nothing is unusual: the answer is 0 then
   */
  float distance(int slot, int kind, float value, int enough) {
    return count(slot, kind) < enough
        ? 0
        : (value - mean(slot, kind)) / (deviation(slot, kind) + least);
  }
}
