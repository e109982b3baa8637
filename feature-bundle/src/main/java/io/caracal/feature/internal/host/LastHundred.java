package io.caracal.feature.internal.host;

import java.util.Arrays;

/**
 * The last connections to a destination, whenever that was: each counts one hundredth less with
 * every connection that follows, so that about a hundred matter.
 */
final class LastHundred {
  static final int ALL = 0, UNANSWERED = 1, REJECTED = 2;

  private static final int KINDS = 3;
  private static final double KEPT = 0.99;

  /** Counts as nothing: denormal numbers are slow. */
  private static final float NEGLIGIBLE = 1e-6f;

  /** Beyond, what is left of a connection is below float's resolution of the sum. */
  private static final float[] POWERS = new float[2048];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = (float) power;
      power *= KEPT;
    }
  }

  private int[] ordinals = {};
  private float[] sums = {};

  void clear(int slot, int ordinal) {
    if (slot >= ordinals.length) {
      int capacity = Math.max(1024, 2 * ordinals.length);
      ordinals = Arrays.copyOf(ordinals, capacity);
      sums = Arrays.copyOf(sums, capacity * KINDS);
    }
    ordinals[slot] = ordinal;
    Arrays.fill(sums, slot * KINDS, (slot + 1) * KINDS, 0);
  }

  /**
   * Lets what a slot holds fade.
   *
   * @param ordinal how many connections the destination has had; less than before if it was
   *     forgotten in between
   */
  void fade(int slot, int ordinal) {
    int passed = ordinal - ordinals[slot];
    if (passed < 0) {
      clear(slot, ordinal);
    } else if (passed > 0) {
      float factor = passed < POWERS.length ? POWERS[passed] : 0;
      for (int kind = 0; kind < KINDS; kind++) {
        float faded = sums[slot * KINDS + kind] * factor;
        sums[slot * KINDS + kind] = faded < NEGLIGIBLE ? 0 : faded;
      }
      ordinals[slot] = ordinal;
    }
  }

  void add(int slot, int kind) {
    sums[slot * KINDS + kind]++;
  }

  int ordinal(int slot) {
    return ordinals[slot];
  }

  float sum(int slot, int kind) {
    return sums[slot * KINDS + kind];
  }
}
