package io.caracal.feature.internal.context;

import java.util.Arrays;

/** Several kinds of sums for each slot, each on all scales of a clock. */
public final class FadingSums {
  private final FadingClock clock;
  private final int scales;
  private final int width;
  private float[] values = {};

  /**
   * No slots.
   *
   * @param clock says how fast they fade
   * @param kinds of sums that a slot has
   */
  public FadingSums(FadingClock clock, int kinds) {
    this.clock = clock;
    scales = clock.scales();
    width = kinds * scales;
    clock.register(this);
  }

  /** Makes a slot empty, the next one too if it was never used. */
  public void clear(int slot) {
    int end = (slot + 1) * width;
    if (end > values.length) {
      values = Arrays.copyOf(values, Math.max(1024 * width, 2 * values.length));
    }
    Arrays.fill(values, end - width, end, 0);
  }

  /** Adds at the clock's present, on all scales. */
  public void add(int slot, int kind, float amount) {
    int at = slot * width + kind * scales;
    for (int scale = 0; scale < scales; scale++) {
      values[at + scale] += amount * clock.weight(scale);
    }
  }

  /** A sum at the clock's present. */
  public float sum(int slot, int kind, int scale) {
    return values[slot * width + kind * scales + scale] * clock.fade(scale);
  }

  /**
   * Counts a slot among those of an owner by as much as its mark has faded since it was renewed:
   * such a sum is the number of those marked, each fading since then.
   *
   * @param mark kind of sum that is the mark
   * @param owners sums of the owner, on the same clock
   */
  public void count(int slot, int mark, FadingSums owners, int owner, int kind) {
    int at = slot * width + mark * scales;
    int to = owner * owners.width + kind * scales;
    for (int scale = 0; scale < scales; scale++) {
      owners.values[to + scale] += clock.weight(scale) - values[at + scale];
    }
  }

  /** The slot is present: its mark is one. */
  public void renew(int slot, int mark) {
    int at = slot * width + mark * scales;
    for (int scale = 0; scale < scales; scale++) {
      values[at + scale] = clock.weight(scale);
    }
  }

  void scale(int scale, float factor) {
    for (int at = scale; at < values.length; at += scales) {
      values[at] *= factor;
    }
  }
}
