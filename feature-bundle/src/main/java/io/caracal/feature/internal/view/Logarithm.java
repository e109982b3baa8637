package io.caracal.feature.internal.view;

/**
 * Natural logarithms good to float32, several times faster than {@link Math#log}: the exponent and
 * the leading bits of the number are looked up, a series does the rest.
 */
public final class Logarithm {
  private static final int INDEX_BITS = 7;
  private static final int SIZE = 1 << INDEX_BITS;
  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);
  private static final int BIAS = 1023;
  private static final double LN2 = StrictMath.log(2);

  /** For each interval of [1, 2) the reciprocal of its start, and the logarithm of the start. */
  private static final double[] RECIPROCALS = new double[SIZE];

  private static final double[] LOGARITHMS = new double[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      double start = 1 + (double) i / SIZE;
      RECIPROCALS[i] = 1 / start;
      LOGARITHMS[i] = StrictMath.log(start);
    }
  }

  private Logarithm() {}

  /**
   * ln(1 + x).
   *
   * @param value x, at least 0 and finite
   */
  public static double ofOnePlus(double value) {
    long bits = Double.doubleToRawLongBits(1 + value);
    int index = (int) (bits >>> (FRACTION_BITS - INDEX_BITS)) & (SIZE - 1);
    double mantissa = Double.longBitsToDouble((bits & FRACTION) | ONE);
    int exponent = (int) (bits >>> FRACTION_BITS) - BIAS;
    // Below 2^-7, so that the first term left out is below 2^-37 of the sum.
    double rest = mantissa * RECIPROCALS[index] - 1;
    double series = rest * (1 - rest * (1.0 / 2 - rest * (1.0 / 3 - rest * (1.0 / 4 - rest / 5))));
    return exponent * LN2 + LOGARITHMS[index] + series;
  }
}
