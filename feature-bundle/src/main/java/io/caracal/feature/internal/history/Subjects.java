package io.caracal.feature.internal.history;

import io.caracal.feature.internal.context.Exponential;
import io.caracal.feature.internal.context.FadingClock;
import io.caracal.feature.internal.context.FadingSums;
import io.caracal.feature.internal.context.Slots;
import io.caracal.feature.internal.view.Logarithm;
import java.util.Arrays;

/**
 * What is remembered of hosts, services, or relations between them: when each was first seen, how
 * surprising that was, and sums that fade. Calls are about the subject turned to last.
 */
final class Subjects {
  static final int TEN_MINUTES = 0, HOUR = 1, SIX_HOURS = 2;

  private static final double SURPRISE_NANOS = 600e9;
  private static final double PER_BIT = 1 / StrictMath.log(2);

  private final Slots slots;
  private final FadingSums sums;
  private long[] born = {};
  private float[] surprises = {};
  private int slot;
  private boolean fresh;

  /**
   * Nobody is known.
   *
   * @param most remembered, a power of two
   * @param kinds of sums of each
   */
  Subjects(int most, FadingClock clock, int kinds) {
    slots = new Slots(most);
    sums = new FadingSums(clock, kinds);
  }

  /** The clock of all sums of the view, one scale each of the constants above. */
  static FadingClock clock() {
    return new FadingClock(600, 3600, 21_600);
  }

  /**
   * What follows is about this one.
   *
   * @return its number, at which others may keep more of it
   */
  int turnTo(long key, long now) {
    slot = slots.of(key);
    fresh = slots.fresh();
    if (fresh) {
      if (slot >= born.length) {
        int capacity = Math.max(1024, 2 * born.length);
        born = Arrays.copyOf(born, capacity);
        surprises = Arrays.copyOf(surprises, capacity);
      }
      born[slot] = now;
      surprises[slot] = 0;
      sums.clear(slot);
    }
    return slot;
  }

  /** Whether it was not known, or no longer. */
  boolean fresh() {
    return fresh;
  }

  void add(int kind, float amount) {
    sums.add(slot, kind, amount);
  }

  float sum(int kind, int scale) {
    return sums.sum(slot, kind, scale);
  }

  /** Counts it among those of an owner, see {@link FadingSums#count}. */
  void count(int mark, Subjects owner, int kind) {
    sums.count(slot, mark, owner.sums, owner.slot, kind);
  }

  /** It is here now. */
  void renew(int mark) {
    sums.renew(slot, mark);
  }

  /** Seconds since it was first seen. */
  double age(long now) {
    return Math.max(0, now - born[slot]) / 1e9;
  }

  /**
   * It is new to its owner: what that is worth.
   *
   * @param events of the owner so far
   * @param met how many different ones these were with
   */
  void surprise(float events, float met) {
    surprises[slot] = (float) bits((events + met + 1.0) / (met + 1.0));
  }

  /** How surprising it was when it was new, in bits, fading over ten minutes. */
  double surprise(long start) {
    float surprise = surprises[slot];
    return surprise == 0
        ? 0
        : surprise * Exponential.ofMinus(Math.max(0, start - born[slot]) / SURPRISE_NANOS);
  }

  /** Keys forgotten for others so far. */
  long evicted() {
    return slots.evicted();
  }

  /** log2 of a ratio of at least 1; what rounding left below counts as 1. */
  static double bits(double ratio) {
    return ratio > 1 ? Logarithm.ofOnePlus(ratio - 1) * PER_BIT : 0;
  }
}
