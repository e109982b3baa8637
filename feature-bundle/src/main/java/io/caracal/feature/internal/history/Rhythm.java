package io.caracal.feature.internal.history;

import static io.caracal.feature.internal.view.Quantity.COUNT;
import static io.caracal.feature.internal.view.Quantity.RATIO;
import static io.caracal.feature.internal.view.Quantity.SECONDS;
import static io.caracal.feature.internal.view.Quantity.SHARE;

import io.caracal.feature.internal.view.Row;
import java.util.Arrays;

/**
 * How regularly a source turns to the same service of a destination, from seconds to hours. Starts
 * within a second are one beat: what opens several connections at once has a rhythm too.
 */
final class Rhythm {
  private static final long ONE_BEAT_NANOS = 1_000_000_000L;
  private static final int MEMORY = 16;
  private static final double IN_STEP = 0.25;

  private final Typical intervals = new Typical(1, MEMORY, 0);
  private long[] last = {};
  private float[] inStep = {};
  private int slot;

  void turnTo(int contact, boolean fresh) {
    slot = contact;
    if (fresh) {
      if (slot >= last.length) {
        int capacity = Math.max(1024, 2 * last.length);
        last = Arrays.copyOf(last, capacity);
        inStep = Arrays.copyOf(inStep, capacity);
      }
      intervals.clear(slot);
      last[slot] = Long.MIN_VALUE;
      inStep[slot] = 0;
    }
  }

  void start(long now) {
    if (last[slot] == Long.MIN_VALUE) {
      last[slot] = now;
    } else if (now - last[slot] >= ONE_BEAT_NANOS) {
      float interval = (float) ((now - last[slot]) / 1e9);
      float mean = intervals.mean(slot, 0);
      float count = intervals.count(slot, 0);
      if (count > 0) {
        float hit = Math.abs(interval - mean) <= IN_STEP * mean ? 1 : 0;
        inStep[slot] += (hit - inStep[slot]) / Math.min(count, MEMORY);
      }
      intervals.add(slot, 0, interval);
      last[slot] = now;
    }
  }

  void columns(long now, Row row) {
    float mean = intervals.mean(slot, 0);
    row.put(
        "rhythm.beats",
        COUNT,
        "Starts of the source to this service of this destination, those within 1 s of a beat's"
            + " first taken as one.",
        last[slot] == Long.MIN_VALUE ? 0.0 : intervals.count(slot, 0) + 1.0);
    row.put(
        "rhythm.interval",
        SECONDS,
        "Mean time between the source's beats at this service of this destination, the last"
            + " 16 or so, outliers bounded; 0 below two.",
        (double) mean);
    row.put(
        "rhythm.jitter",
        RATIO,
        "Mean absolute deviation / mean of the time between the source's beats at this "
            + "service of this destination; 0 below three.",
        mean > 0 ? intervals.deviation(slot, 0) / mean : 0.0);
    row.put(
        "rhythm.in_step",
        SHARE,
        "Share of the last 16 or so intervals between the source's beats at this service of"
            + " this destination within 25 % of the mean until then.",
        (double) inStep[slot]);
    row.put(
        "rhythm.since",
        SECONDS,
        "Time since the source's last beat at this service of this destination.",
        last[slot] == Long.MIN_VALUE ? 0.0 : Math.max(0, now - last[slot]) / 1e9);
  }
}
