package io.caracal.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scale of a plot.
 *
 * @param title what is told along it
 * @param from value at its start
 * @param to value at its end
 * @param logarithmic whether decades are equally long
 */
record Axis(String title, double from, double to, boolean logarithmic) {
  private static final int STEPS = 5;

  /** A mark on the axis. */
  record Tick(double at, String text) {}

  static Axis share(String title) {
    return new Axis(title, 0, 1, false);
  }

  /** Where a value lies, 0 to 1; what is outside lies at the end. */
  double place(double value) {
    double at =
        logarithmic
            ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return Math.clamp(at, 0, 1);
  }

  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    if (logarithmic) {
      for (double at = from; at <= to * 1.001; at *= 10) {
        ticks.add(new Tick(at, String.format(Locale.ROOT, "%s %%", compact(100 * at))));
      }
      return ticks;
    }
    double step = step((to - from) / STEPS);
    for (double at = Math.ceil(from / step) * step; at <= to + step / 1000; at += step) {
      ticks.add(new Tick(at, compact(at)));
    }
    return ticks;
  }

  /** The least of 1, 2 and 5 times a power of ten that is not below what is asked for. */
  private static double step(double least) {
    double decade = Math.pow(10, Math.floor(Math.log10(least)));
    for (int times : new int[] {1, 2, 5}) {
      if (times * decade >= least * 0.999) {
        return times * decade;
      }
    }
    return 10 * decade;
  }

  private static String compact(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceFirst("\\.?0+$", "").replaceFirst("^-0?$", "0");
  }
}
