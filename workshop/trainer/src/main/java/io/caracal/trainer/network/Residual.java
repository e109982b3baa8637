package io.caracal.trainer.network;

/**
 * How far a description is from what it describes: the mean over the columns of {@code log(1 +
 * r^2)}, up to a factor the negative log-likelihood of a Cauchy distribution. Its tails are heavy
 * as those of traffic are: one column that is far off counts less than many that are a little off,
 * so a single odd value of a benign flow does not look like an attack.
 */
final class Residual {
  private Residual() {}

  /** (N, columns) twice to (N). */
  static <V> V of(Operations<V> on, V x, V description) {
    return on.mean(on.log(on.shift(on.square(on.subtract(x, description)), 1)));
  }
}
