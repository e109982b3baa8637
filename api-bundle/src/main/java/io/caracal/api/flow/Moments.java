package io.caracal.api.flow;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Running summary of a quantity. The unit is the quantity's own; everything is 0 while nothing was
 * seen, never NaN.
 */
@ProviderType
public interface Moments {
  /**
   * Observations.
   *
   * @return at least 0
   */
  long count();

  /**
   * Smallest observation.
   *
   * @return 0 if there is none
   */
  double min();

  /**
   * Largest observation.
   *
   * @return 0 if there is none
   */
  double max();

  /**
   * Sum.
   *
   * @return 0 if there is none
   */
  double sum();

  /**
   * Mean.
   *
   * @return 0 if there is none
   */
  double mean();

  /**
   * Sample variance (divided by n - 1).
   *
   * @return 0 below two observations
   */
  double variance();

  /**
   * Sample standard deviation.
   *
   * @return 0 below two observations
   */
  default double deviation() {
    return Math.sqrt(variance());
  }
}
