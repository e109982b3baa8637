package io.caracal.core.internal.ensemble;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the scores of different detectors comparable; see docs/model-bundle.md. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Transform(
    String type,
    @Nullable Double epsilon,
    @Nullable List<Double> scores,
    @Nullable List<Double> pValues) {
  private static final double LN_10 = Math.log(10);

  void check(String member) {
    switch (type) {
      case "logit" -> {
        require(
            epsilon != null && epsilon > 0 && epsilon < 0.5, member, "epsilon between 0 and 0.5");
        if (scores != null) {
          checkTail(member);
        }
      }
      case "tail" -> checkTail(member);
      default ->
          throw new IllegalArgumentException(
              "member " + member + " has the unknown transform " + type);
    }
  }

  private void checkTail(String member) {
    require(
        scores != null && pValues != null && scores.size() == pValues.size() && scores.size() > 1,
        member,
        "at least two scores and as many pValues");
    for (int i = 1; i < scores.size(); i++) {
      require(
          scores.get(i) > scores.get(i - 1) && pValues.get(i) < pValues.get(i - 1),
          member,
          "ascending scores and descending pValues");
    }
  }

  private static void require(boolean condition, String member, String what) {
    if (!condition) {
      throw new IllegalArgumentException("the transform of member " + member + " needs " + what);
    }
  }

  /** A term of the logistic sum; the instance must have passed {@link #check}. */
  double apply(double score) {
    if (epsilon == null) {
      return evidence(score);
    }
    double p = Math.clamp(score, epsilon, 1 - epsilon);
    double logit = Math.log(p / (1 - p));
    return scores == null ? logit : Math.min(logit, LN_10 * evidence(score));
  }

  /** The negated decimal logarithm of the p-value of a score; 0 where none is known. */
  public double evidence(double score) {
    return scores == null || pValues == null ? 0 : tail(score, scores, pValues);
  }

  /** The largest absolute value that {@link #apply} gives. */
  double most() {
    return Math.max(Math.abs(apply(0)), Math.abs(apply(Double.MAX_VALUE)));
  }

  private static double tail(double score, List<Double> knots, List<Double> pValues) {
    int last = knots.size() - 1;
    if (score <= knots.get(0)) {
      return height(pValues, 0);
    }
    int upper = 1;
    while (upper < last && knots.get(upper) < score) {
      upper++;
    }
    double below = height(pValues, upper - 1);
    double slope = (height(pValues, upper) - below) / (knots.get(upper) - knots.get(upper - 1));
    double value = below + slope * (score - knots.get(upper - 1));
    return Math.min(value, height(pValues, last) + 1);
  }

  private static double height(List<Double> pValues, int knot) {
    return -Math.log10(pValues.get(knot));
  }
}
