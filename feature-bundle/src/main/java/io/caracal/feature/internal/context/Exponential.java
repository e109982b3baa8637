package io.caracal.feature.internal.context;

/** Exponentials from a table and a series, the same on every machine. */
public final class Exponential {
  private static final int SIZE = 128;
  private static final double LARGEST = 100;

  /** exp(-i / 128). */
  private static final double[] FRACTIONS = new double[SIZE];

  /** exp(-i). */
  private static final double[] WHOLES = new double[(int) LARGEST + 1];

  static {
    for (int i = 0; i < SIZE; i++) {
      FRACTIONS[i] = StrictMath.exp(-(double) i / SIZE);
    }
    for (int i = 0; i < WHOLES.length; i++) {
      WHOLES[i] = StrictMath.exp(-i);
    }
  }

  private Exponential() {}

  /**
   * exp(-x) to 10 digits; 0 for x of 100 and above.
   *
   * @param value x, at least 0
   */
  public static double ofMinus(double value) {
    if (value >= LARGEST) {
      return 0;
    }
    int whole = (int) value;
    double scaled = (value - whole) * SIZE;
    int fraction = (int) scaled;
    double rest = (scaled - fraction) / SIZE;
    double series = 1 - rest * (1 - rest * (1.0 / 2 - rest * (1.0 / 6 - rest / 24)));
    return WHOLES[whole] * FRACTIONS[fraction] * series;
  }
}
