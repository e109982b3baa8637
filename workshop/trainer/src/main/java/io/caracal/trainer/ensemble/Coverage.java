package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Arrays;

/**
 * Whether conformal p-values hold on benign traffic that they were not fitted to: at most a share
 * of it may have a p-value of at most that share. The bound is that of a binomial distribution at
 * 99 %; flows of one host resemble each other, so that real traffic keeps to it less often than
 * independent flows would.
 *
 * @param name whose p-values
 * @param alpha the share stated
 * @param tested how many scores
 * @param count how many had a p-value of at most {@code alpha}
 */
record Coverage(String name, double alpha, int tested, long count) {
  static final double[] ALPHAS = {0.1, 0.01};
  private static final double DEVIATIONS = 2.58;
  private static final int KNOTS_PER_DECADE = 8;

  static Coverage of(String name, double alpha, double[] fitted, double[] tested) {
    double[] weights = new double[fitted.length];
    Arrays.fill(weights, 1);
    Transform tail = ConformalTail.fit(fitted, weights, KNOTS_PER_DECADE);
    long count =
        Arrays.stream(tested).filter(score -> tail.apply(score) >= -Math.log10(alpha)).count();
    return new Coverage(name, alpha, tested.length, count);
  }

  /** The share that had such a p-value. */
  double share() {
    return count / (double) tested;
  }

  /** Whether that is as much as chance allows. */
  boolean holds() {
    double deviation = Math.sqrt(tested * alpha * (1 - alpha));
    return Math.abs(count - tested * alpha) <= DEVIATIONS * deviation;
  }

  void into(ArrayNode list) {
    list.addObject()
        .put("name", name)
        .put("alpha", alpha)
        .put("tested", tested)
        .put("share", share())
        .put("holds", holds());
  }
}
