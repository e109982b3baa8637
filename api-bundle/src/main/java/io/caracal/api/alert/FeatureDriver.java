package io.caracal.api.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A feature that drove a judgement.
 *
 * @param detector whose score it drove
 * @param view the view it belongs to
 * @param name the column's name
 * @param unit the column's unit
 * @param actual its value in this flow
 * @param typical its median over benign training flows
 * @param weight share of the score that goes away when the value is replaced by the typical one, 0
 *     to 1
 * @param meaning what the column says, one sentence; empty if that is not known
 * @param below share of normal flows that have less, 0 to 1; not a number if that is not known
 * @param above share of normal flows that have more, 0 to 1; not a number if that is not known
 */
public record FeatureDriver(
    String detector,
    String view,
    String name,
    String unit,
    float actual,
    float typical,
    float weight,
    String meaning,
    float below,
    float above) {
  /** Units that a person does not want to read. */
  private static final Set<String> BARE = Set.of("count", "ratio", "flag");

  /** Units of time, each a thousand of the one before. */
  private static final List<String> TIMES = List.of("ns", "µs", "ms", "s");

  /** A share from which a value is unusual enough to say so. */
  private static final double UNUSUAL = 0.9;

  /** The highest share that a person is told: nobody counted a million normal flows. */
  private static final double ALMOST_ALL = 0.999;

  /** Of a feature of which no more is known than its value and the typical one. */
  public FeatureDriver(
      String detector,
      String view,
      String name,
      String unit,
      float actual,
      float typical,
      float weight) {
    this(detector, view, name, unit, actual, typical, weight, "", Float.NaN, Float.NaN);
  }

  /**
   * What an analyst reads, such as {@code Flows that the source started, fading over 10 s: 316,
   * typically 12, more than in 99.9 % of normal flows}.
   */
  public String sentence() {
    return subject() + ": " + quantity(actual) + ", typically " + quantity(typical) + rank();
  }

  private String rank() {
    if (below >= UNUSUAL) {
      return ", more than in " + percent(below) + " of normal flows";
    }
    if (above >= UNUSUAL) {
      return ", less than in " + percent(above) + " of normal flows";
    }
    return "";
  }

  private static String percent(float share) {
    return String.format(Locale.ROOT, "%.3g %%", 100 * Math.min(share, ALMOST_ALL));
  }

  /** Without the full stop, and without what holds of a 0 alone where there is none. */
  private String subject() {
    if (meaning.isEmpty()) {
      return view + ' ' + name;
    }
    int ofZero = actual == 0 ? -1 : meaning.indexOf("; 0 ");
    int end = ofZero >= 0 ? ofZero : meaning.length() - (meaning.endsWith(".") ? 1 : 0);
    return meaning.substring(0, end);
  }

  private String quantity(float value) {
    if (unit.isEmpty() || BARE.contains(unit) || !Float.isFinite(value)) {
      return number(value);
    }
    int scale = TIMES.indexOf(unit);
    double shown = value;
    while (scale >= 0 && scale < TIMES.size() - 1 && Math.abs(shown) >= 1000) {
      shown /= 1000;
      scale++;
    }
    return number(shown) + ' ' + (scale < 0 ? unit : TIMES.get(scale));
  }

  /** At most three digits behind which nobody looks, all of a whole number. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "unknown";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e12) {
      return Long.toString((long) value);
    }
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
