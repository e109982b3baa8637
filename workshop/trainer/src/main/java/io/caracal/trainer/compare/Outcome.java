package io.caracal.trainer.compare;

import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.Ranking;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How one model fared on the validation part.
 *
 * @param rocAuc area under the ROC curve
 * @param prAuc average precision
 * @param tprAt001 share of attacks found at 0.1 % false positives
 * @param tprAt01 at 1 %
 * @param newRocAuc area under the ROC curve of attacks whose label was not in training, against all
 *     benign rows; NaN if there are none
 * @param newTprAt01 their share found at 1 % false positives; NaN if there are none
 * @param accuracy at the threshold that 1 % of benign calibration rows reach
 * @param f1 of the attacks at the same threshold
 * @param seconds that the training took
 */
record Outcome(
    double rocAuc,
    double prAuc,
    double tprAt001,
    double tprAt01,
    double newRocAuc,
    double newTprAt01,
    double accuracy,
    double f1,
    double seconds) {
  static final double RATE = 0.01;

  static Outcome of(
      List<Example> examples,
      float[] scores,
      double threshold,
      Set<String> trained,
      double seconds) {
    int[] all = IntStream.range(0, scores.length).toArray();
    int[] unseen =
        IntStream.of(all)
            .filter(
                i -> examples.get(i).benign() || !trained.contains(examples.get(i).truth().label()))
            .toArray();
    Ranking ranking = ranking(examples, scores, all);
    Ranking fresh = ranking(examples, scores, unseen);
    int hits = 0;
    int falseAlarms = 0;
    int attacks = 0;
    for (int i = 0; i < scores.length; i++) {
      boolean attack = !examples.get(i).benign();
      boolean detected = scores[i] >= threshold;
      attacks += attack ? 1 : 0;
      hits += attack && detected ? 1 : 0;
      falseAlarms += !attack && detected ? 1 : 0;
    }
    return new Outcome(
        ranking.rocAuc(),
        ranking.prAuc(),
        ranking.tprAtFpr(0.001),
        ranking.tprAtFpr(RATE),
        fresh.rocAuc(),
        fresh.tprAtFpr(RATE),
        (scores.length - falseAlarms - attacks + hits) / (double) scores.length,
        2.0 * hits / (hits + falseAlarms + attacks),
        seconds);
  }

  private static Ranking ranking(List<Example> examples, float[] scores, int[] rows) {
    double[] some = new double[rows.length];
    boolean[] attack = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      some[i] = scores[rows[i]];
      attack[i] = !examples.get(rows[i]).benign();
    }
    return new Ranking(some, attack);
  }
}
