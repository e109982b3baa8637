package io.caracal.feature.internal.host;

import java.util.Arrays;

/**
 * How evenly the last few hundred keys of a slot are spread: the entropy over 16 counters that the
 * keys' hashes choose. When a counter is full, all are halved, so that old keys fade.
 */
final class Spread {
  /** Entropy of keys that are spread evenly, in bits. */
  static final int MOST_BITS = 4;

  private static final int COUNTERS = 1 << MOST_BITS;
  private static final int FULL = 127;

  /** n log2 n. */
  private static final double[] TERMS = new double[FULL + 1];

  private static final double[] LOGARITHMS = new double[FULL * COUNTERS + 1];

  static {
    for (int n = 1; n < LOGARITHMS.length; n++) {
      LOGARITHMS[n] = StrictMath.log(n) / StrictMath.log(2);
    }
    for (int n = 1; n <= FULL; n++) {
      TERMS[n] = n * LOGARITHMS[n];
    }
  }

  private byte[] counters = {};

  void clear(int slot) {
    if ((slot + 1) * COUNTERS > counters.length) {
      counters = Arrays.copyOf(counters, Math.max(1024 * COUNTERS, 2 * counters.length));
    }
    Arrays.fill(counters, slot * COUNTERS, (slot + 1) * COUNTERS, (byte) 0);
  }

  void add(int slot, long key) {
    int first = slot * COUNTERS;
    int at = first + (int) (key >>> -MOST_BITS);
    counters[at]++;
    if (counters[at] == FULL) {
      for (int i = first; i < first + COUNTERS; i++) {
        counters[i] >>= 1;
      }
    }
  }

  /** The entropy in bits, 0 without keys. */
  double entropy(int slot) {
    int first = slot * COUNTERS;
    int total = 0;
    double terms = 0;
    for (int i = first; i < first + COUNTERS; i++) {
      total += counters[i];
      terms += TERMS[counters[i]];
    }
    // Rounding may leave a little less than nothing.
    return total == 0 ? 0 : Math.max(0, LOGARITHMS[total] - terms / total);
  }
}
