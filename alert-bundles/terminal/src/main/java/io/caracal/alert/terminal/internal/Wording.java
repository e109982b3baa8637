package io.caracal.alert.terminal.internal;

import io.caracal.api.alert.FeatureDriver;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers, times and lists in words. */
final class Wording {
  private Wording() {}

  /** Thousands are separated; at most three significant digits below 100. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "unknown";
    }
    double size = Math.abs(value);
    if (size >= 1e9 || (size > 0 && size < 1e-3)) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    if (size >= 100 || value == Math.rint(value)) {
      return count(Math.round(value));
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  /** A detector's score: two decimals while it is small. */
  static String score(float value) {
    return Math.abs(value) < 10 ? String.format(Locale.ROOT, "%.2f", value) : number(value);
  }

  /** A share of 1 in percent, never rounded up to certainty. */
  static String percent(float share) {
    if (share > 0.999f && share < 1) {
      return "over 99.9 %";
    }
    return String.format(
        Locale.ROOT, share >= 0.99f && share < 1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  static String duration(double seconds) {
    if (!(seconds >= 0)) {
      return number(seconds) + " s";
    }
    if (seconds > 0 && seconds < 1) {
      return number(seconds * 1000) + " ms";
    }
    if (seconds < 60) {
      return number(seconds) + " s";
    }
    long whole = Math.round(seconds);
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    if (whole < 86_400) {
      return whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
    return count(whole / 86_400) + " d " + whole % 86_400 / 3600 + " h";
  }

  /** A feature's value with its unit, times in the unit that reads best. */
  static String quantity(double value, String unit) {
    return switch (unit) {
      case "", "count", "flag", "ratio" -> number(value);
      case "s" -> duration(value);
      case "ms" -> duration(value / 1e3);
      case "us", "µs" -> duration(value / 1e6);
      case "ns" -> duration(value / 1e9);
      default -> number(value) + " " + unit;
    };
  }

  static String driver(FeatureDriver driver) {
    return driver.name()
        + " "
        + quantity(driver.actual(), driver.unit())
        + " (typical "
        + quantity(driver.typical(), driver.unit())
        + ")";
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String counted(long count, String thing) {
    return count(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /**
   * As many items as there is room for, and how many more there are.
   *
   * @param items the first of them
   * @param total how many there are
   * @param room columns
   * @return empty if there is no room for one
   */
  static String some(List<String> items, int total, int room) {
    for (int shown = items.size(); shown > 0; shown--) {
      String text =
          String.join(", ", items.subList(0, shown))
              + (total > shown ? " and " + count(total - shown) + " more" : "");
      if (text.length() <= room) {
        return text;
      }
    }
    return "";
  }
}
