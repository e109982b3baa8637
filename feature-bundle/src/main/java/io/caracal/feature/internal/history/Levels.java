package io.caracal.feature.internal.history;

import java.util.Arrays;

/**
 * How much a host does in ten seconds, on a logarithmic scale, against what it used to: periods in
 * which it does nothing are left out. Calls are about the host turned to last.
 */
final class Levels {
  private static final long PERIOD_NANOS = 10_000_000_000L;
  private static final int MEMORY = 64;

  /** Periods that make a habit: below, nothing is unusual. */
  private static final int ENOUGH = 6;

  private final int kinds;
  private final Typical typical;
  private long[] periods = {};
  private float[] present = {};
  private int slot;

  /**
   * Nothing is known.
   *
   * @param kinds of quantities
   */
  Levels(int kinds) {
    this.kinds = kinds;
    typical = new Typical(kinds, MEMORY, 0.5f);
  }

  void turnTo(int host, boolean fresh, long now) {
    slot = host;
    long period = now / PERIOD_NANOS;
    if (fresh) {
      if (slot >= periods.length) {
        int capacity = Math.max(1024, 2 * periods.length);
        periods = Arrays.copyOf(periods, capacity);
        present = Arrays.copyOf(present, capacity * kinds);
      }
      typical.clear(slot);
      periods[slot] = period;
      Arrays.fill(present, slot * kinds, (slot + 1) * kinds, 0);
    } else if (period > periods[slot]) {
      periods[slot] = period;
      for (int kind = 0; kind < kinds; kind++) {
        typical.add(slot, kind, level(kind));
        present[slot * kinds + kind] = 0;
      }
    }
  }

  void add(int kind, long amount) {
    present[slot * kinds + kind] += (float) amount;
  }

  /** By how many deviations the present period is above the usual one, 0 below. */
  float excess(int kind) {
    return Math.max(0, typical.distance(slot, kind, level(kind), ENOUGH));
  }

  private float level(int kind) {
    return (float) Subjects.bits(1.0 + present[slot * kinds + kind]);
  }
}
