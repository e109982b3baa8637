package io.caracal.trainer.evaluate;

import io.caracal.trainer.corpus.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The truth flows behind flow records. Figures count truth flows: a flow's score is the highest of
 * all its records, and a flow is detected if any of them is.
 */
public final class FlowGroups {
  private final List<Example> flows = new ArrayList<>();
  private final int[] groupOf;

  private record Key(int campaign, int truthIndex) {}

  /**
   * Groups records.
   *
   * @param examples the records
   */
  public FlowGroups(List<Example> examples) {
    Map<Key, Integer> groups = new LinkedHashMap<>();
    groupOf = new int[examples.size()];
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      Key key = new Key(example.campaign(), example.truthIndex());
      Integer group = groups.get(key);
      if (group == null) {
        group = flows.size();
        groups.put(key, group);
        flows.add(example);
      }
      groupOf[i] = group;
    }
  }

  /** One record of each truth flow: the first. */
  public List<Example> flows() {
    return flows;
  }

  /**
   * The record of each truth flow that scored highest, the earlier of equals.
   *
   * @param scores one per record, NaN where the detector abstained
   * @return one index per truth flow, -1 where it abstained from all records
   */
  public int[] decisive(float[] scores) {
    int[] decisive = new int[flows.size()];
    Arrays.fill(decisive, -1);
    for (int i = 0; i < scores.length; i++) {
      int before = decisive[groupOf[i]];
      if (!Float.isNaN(scores[i]) && (before < 0 || scores[i] > scores[before])) {
        decisive[groupOf[i]] = i;
      }
    }
    return decisive;
  }

  /**
   * The highest score of each truth flow.
   *
   * @param scores one per record, NaN where the detector abstained
   * @return one per truth flow, negative infinity where it abstained from all records
   */
  public double[] highest(float[] scores) {
    double[] highest = new double[flows.size()];
    Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > highest[groupOf[i]]) {
        highest[groupOf[i]] = scores[i];
      }
    }
    return highest;
  }
}
