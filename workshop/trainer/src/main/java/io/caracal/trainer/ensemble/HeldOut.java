package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.Calibration;
import io.caracal.trainer.evaluate.Ranking;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How well what the ensemble states of itself holds on traffic that it was not fitted to.
 *
 * @param calibration the part that p-values and weights come from
 * @param validation the other one
 * @param members the members' ids
 */
record HeldOut(Scored calibration, Scored validation, List<String> members) {
  /** P-values of each member on the validation part. */
  void coverage(ArrayNode list) {
    for (int m = 0; m < members.size(); m++) {
      for (double alpha : Coverage.ALPHAS) {
        Coverage.of(members.get(m), alpha, calibration.benign(m), validation.benign(m)).into(list);
      }
    }
  }

  /**
   * Expected calibration error of the combination's probabilities, by record: where the probability
   * was calibrated, and of each campaign where it was calibrated on the others.
   */
  void calibrationError(ObjectNode node, Combination raw, Combination calibrated) {
    double[] logOdds = validation.logOdds(raw);
    boolean[] attack = validation.attack();
    int[] all = validation.where(example -> true);
    node.put("validation", error(validation.logOdds(calibrated), attack, all));
    double errors = 0;
    int measured = 0;
    for (int campaign : campaigns()) {
      int[] other = validation.where(e -> e.campaign() != campaign);
      int[] own = validation.where(e -> e.campaign() == campaign);
      if (other.length > 0) {
        Combination elsewhere = raw.calibrated(pick(logOdds, other), pick(attack, other));
        errors += own.length * error(validation.logOdds(elsewhere), attack, own);
        measured += own.length;
      }
    }
    if (measured > 0) {
      node.put("between_campaigns", errors / measured);
    }
  }

  /**
   * What is left of the judgement where a member is not installed or is quarantined, and where only
   * members that learnt from normal traffic are there, by record.
   */
  void without(ArrayNode list, Combination combination) {
    add(list, "none", combination, m -> false);
    List<Combination.Term> terms = combination.terms();
    for (int m = 0; m < members.size(); m++) {
      int left = m;
      if (terms.get(m).weight() > 0) {
        add(list, members.get(m), combination, other -> other == left);
      }
    }
    add(list, "all supervised", combination, m -> terms.get(m).supervised());
  }

  private void add(ArrayNode list, String name, Combination combination, IntPredicate left) {
    double[] logOdds = new double[validation.examples().size()];
    for (int i = 0; i < logOdds.length; i++) {
      float[] scores = validation.of(i);
      for (int m = 0; m < scores.length; m++) {
        scores[m] = left.test(m) ? Float.NaN : scores[m];
      }
      logOdds[i] = combination.logOdds(scores);
    }
    boolean[] attack = validation.attack();
    list.addObject()
        .put("without", name)
        .put("calibration_error", error(logOdds, attack, validation.where(e -> true)))
        .put("tpr_at_fpr_0.001", new Ranking(logOdds, attack).tprAtFpr(0.001));
  }

  private int[] campaigns() {
    return validation.examples().stream().mapToInt(Example::campaign).distinct().toArray();
  }

  private static double error(double[] logOdds, boolean[] attack, int[] wanted) {
    double[] probabilities =
        IntStream.of(wanted).mapToDouble(i -> 1 / (1 + Math.exp(-logOdds[i]))).toArray();
    return Calibration.error(probabilities, pick(attack, wanted));
  }

  private static double[] pick(double[] values, int[] wanted) {
    return IntStream.of(wanted).mapToDouble(i -> values[i]).toArray();
  }

  private static boolean[] pick(boolean[] values, int[] wanted) {
    boolean[] picked = new boolean[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      picked[i] = values[wanted[i]];
    }
    return picked;
  }
}
