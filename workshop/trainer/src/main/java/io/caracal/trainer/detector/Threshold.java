package io.caracal.trainer.detector;

import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.FlowGroups;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The score that only a given share of benign flows reaches. */
public final class Threshold {
  private Threshold() {}

  /**
   * Chooses.
   *
   * @param benign records of benign flows
   * @param scores one per record, NaN where the detector abstained
   * @param rate share of benign flows that may reach the threshold
   * @return the least such score that is a float
   */
  public static double at(List<Example> benign, float[] scores, double rate) {
    FlowGroups groups = new FlowGroups(benign);
    double[] highest = groups.highest(scores);
    double budget = rate * groups.flows().size();
    List<Integer> order =
        IntStream.range(0, highest.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> highest[i]).reversed())
            .toList();
    int reached = 0;
    for (int i : order) {
      reached++;
      if (reached > budget) {
        return Math.nextUp((float) Math.max(0, highest[i]));
      }
    }
    return 0;
  }
}
