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
   * Fits weights to calibration records. So that every member's {@code abstainBias} is known, also
   * that of members that never abstain, each record is seen once more without each of its members,
   * at a small weight. Members whose weight would be negative are switched off.
   *
   * @param unfitted terms whose weights and biases do not count
   * @param scores for each record those of the members
   * @param attack whether each record is of an attack
   * @param weights what each record counts
   * @param ridge penalty on weights
   * @param missing weight of a record without one of its members
   * @return the combination
   */
  static Combination fit(
      List<Term> unfitted,
      float[][] scores,
      boolean[] attack,
      double[] weights,
      double ridge,
      double missing) {
    int members = unfitted.size();
    int copies = members + 1;
    double[][] features = new double[scores.length * copies][];
    boolean[] positive = new boolean[features.length];
    double[] counted = new double[features.length];
    for (int i = 0; i < scores.length; i++) {
      for (int without = 0; without < copies; without++) {
        int at = i * copies + without;
        float[] seen = scores[i].clone();
        if (without < members) {
          seen[without] = Float.NaN;
        }
        features[at] = features(unfitted, seen);
        positive[at] = attack[i];
        counted[at] = weights[i] * (without < members ? missing : 1);
      }
    }
    boolean[] fixed = new boolean[2 * members];
    double[] beta = LogisticFit.fit(features, positive, counted, ridge, fixed);
    for (boolean again = true; again; ) {
      again = false;
      for (int m = 0; m < members; m++) {
        if (beta[m] < 0) {
          fixed[m] = true;
          fixed[members + m] = true;
          again = true;
        }
      }
      if (again) {
        beta = LogisticFit.fit(features, positive, counted, ridge, fixed);
      }
    }
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

  /** The members as ensemble.json lists them. */
  ArrayNode toJson() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Term term : terms) {
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
