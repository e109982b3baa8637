package io.caracal.trainer.ensemble;

import io.caracal.trainer.corpus.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Ways to make one score of several detectors', each fitted to calibration records alone: the
 * highest and the mean evidence, which is the negated decimal logarithm of a detector's conformal
 * p-value, and the logistic combination that the ensemble uses.
 */
final class Fusion {
  private static final double EPSILON = 1e-4;
  private static final int KNOTS_PER_DECADE = 8;
  private static final Combination.Plan PLAN = new Combination.Plan(0.03, 0.02, 0.02);

  private final List<Transform> tails = new ArrayList<>();
  private final Combination logistic;

  /**
   * Fits.
   *
   * @param supervised whether each detector's score is a probability
   * @param calibration records that no detector was fitted to
   * @param scores for each of them those of the detectors, NaN where one abstained
   */
  Fusion(List<Boolean> supervised, List<Example> calibration, float[][] scores) {
    List<Combination.Term> terms = new ArrayList<>();
    for (int m = 0; m < supervised.size(); m++) {
      Transform tail = tail(m, calibration, scores);
      tails.add(tail);
      Transform transform = supervised.get(m) ? new Transform.Logit(EPSILON) : tail;
      terms.add(new Combination.Term("", supervised.get(m), transform, 0, 0));
    }
    boolean[] attack = new boolean[scores.length];
    double[] weights = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      attack[i] = !calibration.get(i).benign();
      weights[i] = calibration.get(i).weight();
    }
    logistic = Combination.fit(terms, scores, attack, weights, PLAN);
  }

  private static Transform tail(int member, List<Example> calibration, float[][] scores) {
    int[] benign =
        IntStream.range(0, scores.length)
            .filter(i -> calibration.get(i).benign() && !Float.isNaN(scores[i][member]))
            .toArray();
    return ConformalTail.fit(
        Arrays.stream(benign).mapToDouble(i -> scores[i][member]).toArray(),
        Arrays.stream(benign).mapToDouble(i -> calibration.get(i).weight()).toArray(),
        KNOTS_PER_DECADE);
  }

  /**
   * Scores records.
   *
   * @param scores for each record those of the detectors
   * @return by name of the way, one score per record, NaN where every detector abstained
   */
  Map<String, float[]> of(float[][] scores) {
    float[] highest = new float[scores.length];
    float[] mean = new float[scores.length];
    float[] combined = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      double most = Double.NaN;
      double sum = 0;
      int judged = 0;
      for (int m = 0; m < tails.size(); m++) {
        if (!Float.isNaN(scores[i][m])) {
          double evidence = tails.get(m).apply(scores[i][m]);
          most = judged == 0 ? evidence : Math.max(most, evidence);
          sum += evidence;
          judged++;
        }
      }
      highest[i] = (float) most;
      mean[i] = (float) (sum / judged);
      combined[i] = judged == 0 ? Float.NaN : (float) logistic.logOdds(scores[i]);
    }
    Map<String, float[]> ways = new LinkedHashMap<>();
    ways.put("highest evidence", highest);
    ways.put("mean evidence", mean);
    ways.put("logistic combination", combined);
    return ways;
  }
}
