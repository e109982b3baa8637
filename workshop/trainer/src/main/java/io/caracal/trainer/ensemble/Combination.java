package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.List;

/**
 * The logistic combination of detectors, as the sensor computes it from ensemble.json.
 *
 * @param terms one per member
 * @param bias the constant
 */
public record Combination(List<Term> terms, double bias) {
  private static final double NO_RIDGE = 1e-9;

  /** Never turns the order of judgements around. */
  private static final double LEAST_SLOPE = 0.1;

  /** Takes the members in an order that no order of the records is in step with. */
  private static final int SCATTER = 0x9E3779B9;

  /**
   * A member's part.
   *
   * @param id id of the detector
   * @param supervised whether it names classes
   * @param transform makes its score a term
   * @param weight of the term, at least 0
   * @param abstainBias stands for the term where the detector abstained or is not there
   */
  public record Term(
      String id, boolean supervised, Transform transform, double weight, double abstainBias) {}

  /**
   * What a record looks like to the combination.
   *
   * @param scores of the members, NaN where one abstained
   * @return log odds of an attack
   */
  double logOdds(float[] scores) {
    double sum = bias;
    for (int i = 0; i < scores.length; i++) {
      Term term = terms.get(i);
      sum +=
          Float.isNaN(scores[i])
              ? term.abstainBias()
              : term.weight() * term.transform().apply(scores[i]);
    }
    return sum;
  }

  /** Probability of an attack, NaN if every member abstained. */
  float probability(float[] scores) {
    boolean judged = false;
    for (float score : scores) {
      judged |= !Float.isNaN(score);
    }
    return judged ? (float) (1 / (1 + Math.exp(-logOdds(scores)))) : Float.NaN;
  }

  /** The supervised member of the highest weighted evidence, or -1. */
  int spokesman(float[] scores) {
    int spokesman = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      Term term = terms.get(i);
      if (term.supervised() && !Float.isNaN(scores[i])) {
        double evidence = term.weight() * term.transform().apply(scores[i]);
        if (evidence > most) {
          most = evidence;
          spokesman = i;
        }
      }
    }
    return spokesman;
  }

  /**
   * How a combination is fitted.
   *
   * @param ridge penalty on weights
   * @param missing weight of a record without one of its members
   * @param leastShare a member that adds less than this to the sum is left out
   */
  record Plan(double ridge, double missing, double leastShare) {}

  /**
   * Fits weights to calibration records. So that every member's {@code abstainBias} is known, also
   * that of members that never abstain, each record is seen once more without one of its members,
   * at a small weight. Members choose themselves: one whose weight would be negative is switched
   * off, and while there is one whose weight times the spread of its term is less than a share of
   * the sum over all, the least of them is left out and the rest fitted anew.
   *
   * @param unfitted terms whose weights and biases do not count
   * @param scores for each record those of the members
   * @param attack whether each record is of an attack
   * @param weights what each record counts
   * @param plan how
   * @return the combination; what is left out has weight 0
   */
  static Combination fit(
      List<Term> unfitted, float[][] scores, boolean[] attack, double[] weights, Plan plan) {
    int members = unfitted.size();
    double[][] features = new double[2 * scores.length][];
    boolean[] positive = new boolean[features.length];
    double[] counted = new double[features.length];
    for (int i = 0; i < scores.length; i++) {
      float[] without = scores[i].clone();
      without[((i * SCATTER) >>> 16) % members] = Float.NaN;
      features[2 * i] = features(unfitted, scores[i]);
      features[2 * i + 1] = features(unfitted, without);
      counted[2 * i] = weights[i];
      counted[2 * i + 1] = weights[i] * plan.missing() * members;
      positive[2 * i] = attack[i];
      positive[2 * i + 1] = attack[i];
    }
    double[] spreads = spreads(features, counted, members);
    boolean[] fixed = new boolean[2 * members];
    double[] beta;
    boolean again;
    do {
      beta = LogisticFit.fit(features, positive, counted, plan.ridge(), fixed);
      again = false;
      for (int m = 0; m < members; m++) {
        again |= beta[m] < 0 && leaveOut(m, fixed);
      }
      if (!again) {
        int least = least(beta, spreads, plan.leastShare());
        again = least >= 0 && leaveOut(least, fixed);
      }
    } while (again);
    double[] fitted = beta;
    Term[] terms = new Term[members];
    Arrays.setAll(
        terms,
        m -> {
          Term term = unfitted.get(m);
          return new Term(
              term.id(), term.supervised(), term.transform(), fitted[m], fitted[members + m]);
        });
    return new Combination(List.of(terms), fitted[2 * members]);
  }

  /**
   * The same judgement on another scale, by Platt's method with the slope as temperature: log odds
   * are multiplied and shifted such that they are the likeliest for these records.
   *
   * @param logOdds of records that the combination was not fitted to
   * @param attack whether each is of an attack
   * @return the calibrated combination
   */
  Combination calibrated(double[] logOdds, boolean[] attack) {
    double[][] features = new double[logOdds.length][];
    Arrays.setAll(features, i -> new double[] {logOdds[i]});
    double[] weights = new double[logOdds.length];
    Arrays.fill(weights, 1);
    double[] fitted = LogisticFit.fit(features, attack, weights, NO_RIDGE, new boolean[1]);
    double slope = Math.max(LEAST_SLOPE, fitted[0]);
    List<Term> scaled =
        terms.stream()
            .map(
                term ->
                    new Term(
                        term.id(),
                        term.supervised(),
                        term.transform(),
                        term.weight() * slope,
                        term.abstainBias() * slope))
            .toList();
    return new Combination(scaled, bias * slope + fitted[1]);
  }

  private static boolean leaveOut(int member, boolean[] fixed) {
    fixed[member] = true;
    fixed[fixed.length / 2 + member] = true;
    return true;
  }

  /** The member that adds least, if that is less than a share of what all add; else -1. */
  private static int least(double[] beta, double[] spreads, double share) {
    int least = -1;
    double all = 0;
    for (int m = 0; m < spreads.length; m++) {
      double adds = beta[m] * spreads[m];
      all += adds;
      if (adds > 0 && (least < 0 || adds < beta[least] * spreads[least])) {
        least = m;
      }
    }
    return least >= 0 && beta[least] * spreads[least] < share * all ? least : -1;
  }

  /** Standard deviation of each member's term; an abstention counts as none. */
  private static double[] spreads(double[][] features, double[] weights, int members) {
    double[] sum = new double[members];
    double[] squares = new double[members];
    double total = 0;
    for (int i = 0; i < features.length; i++) {
      total += weights[i];
      for (int m = 0; m < members; m++) {
        sum[m] += weights[i] * features[i][m];
        squares[m] += weights[i] * features[i][m] * features[i][m];
      }
    }
    double[] spreads = new double[members];
    for (int m = 0; m < members; m++) {
      double mean = sum[m] / total;
      spreads[m] = Math.sqrt(Math.max(0, squares[m] / total - mean * mean));
    }
    return spreads;
  }

  private static double[] features(List<Term> terms, float[] scores) {
    double[] features = new double[2 * terms.size()];
    for (int m = 0; m < scores.length; m++) {
      if (Float.isNaN(scores[m])) {
        features[terms.size() + m] = 1;
      } else {
        features[m] = terms.get(m).transform().apply(scores[m]);
      }
    }
    return features;
  }

  /** The members as ensemble.json lists them: those that have a weight. */
  ArrayNode toJson() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Term term : terms) {
      if (term.weight() == 0) {
        continue;
      }
      array
          .addObject()
          .put("id", term.id())
          .put("kind", term.supervised() ? "supervised" : "unsupervised")
          .put("weight", term.weight())
          .put("abstainBias", term.abstainBias())
          .set("transform", term.transform().toJson());
    }
    return array;
  }
}
