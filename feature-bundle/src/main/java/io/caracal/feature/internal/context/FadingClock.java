package io.caracal.feature.internal.context;

import java.util.ArrayList;
import java.util.List;

/**
 * The present of sums that fade by the factor e in stated times. Instead of letting old events
 * shrink, new ones are added with a weight that grows, and a sum is divided by it when it is read
 * (forward decay): no slot is touched for time to pass. When a weight becomes large, all sums of
 * its scale are brought down once.
 *
 * @see <a href="https://doi.org/10.1109/ICDE.2009.65">Cormode, Shkapenyuk, Srivastava, Xu 2009</a>
 */
public final class FadingClock {
  /** A weight of e to this power leaves float32 room for ten more orders of magnitude. */
  private static final double LARGEST = 60;

  private final double[] nanos;
  private final long[] landmarks;
  private final float[] fades;
  private final float[] weights;
  private final List<FadingSums> sums = new ArrayList<>();
  private long now = Long.MIN_VALUE;

  /**
   * Not running yet.
   *
   * @param seconds for each scale the time in which a sum loses a factor of e
   */
  public FadingClock(double... seconds) {
    nanos = new double[seconds.length];
    landmarks = new long[seconds.length];
    fades = new float[seconds.length];
    weights = new float[seconds.length];
    for (int scale = 0; scale < seconds.length; scale++) {
      nanos[scale] = seconds[scale] * 1e9;
    }
  }

  /** The time is this, in nanoseconds; a time before the present changes nothing. */
  public void advance(long time) {
    if (time <= now) {
      return;
    }
    for (int scale = 0; scale < nanos.length; scale++) {
      if (now == Long.MIN_VALUE) {
        landmarks[scale] = time;
      }
      double passed = (time - landmarks[scale]) / nanos[scale];
      if (passed > LARGEST) {
        scale(scale, (float) Exponential.ofMinus(passed));
        landmarks[scale] = time;
        passed = 0;
      }
      double fade = Exponential.ofMinus(passed);
      fades[scale] = (float) fade;
      weights[scale] = (float) (1 / fade);
    }
    now = time;
  }

  private void scale(int scale, float factor) {
    for (FadingSums some : sums) {
      some.scale(scale, factor);
    }
  }

  /** How many scales there are. */
  int scales() {
    return nanos.length;
  }

  void register(FadingSums some) {
    sums.add(some);
  }

  /** What an event of one counts as when it is added now. */
  float weight(int scale) {
    return weights[scale];
  }

  /** What brings a sum to the present. */
  float fade(int scale) {
    return fades[scale];
  }
}
