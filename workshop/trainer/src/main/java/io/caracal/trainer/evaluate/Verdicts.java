package io.caracal.trainer.evaluate;

import io.caracal.trainer.corpus.Example;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What one detector said of truth flows.
 *
 * @param detector its id
 * @param probability whether scores are probabilities of an attack; else they are distances
 * @param threshold score from which a flow is detected
 * @param classes names of the attack classes it can name
 * @param flows one record of each truth flow
 * @param scores one per truth flow, negative infinity where it abstained; not to be changed
 * @param named index of the class it named for each truth flow, or -1; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of thousands of values, read many times.
public record Verdicts(
    String detector,
    boolean probability,
    double threshold,
    List<String> classes,
    List<Example> flows,
    double[] scores,
    int[] named) {
  /** Copies the lists. */
  public Verdicts {
    classes = List.copyOf(classes);
    flows = List.copyOf(flows);
  }

  /** Whether a truth flow is detected. */
  public boolean detected(int flow) {
    return scores[flow] >= threshold;
  }

  /** Whether the detector gave a truth flow no score. */
  public boolean abstained(int flow) {
    return scores[flow] == Double.NEGATIVE_INFINITY;
  }

  /**
   * A part of them.
   *
   * @param wanted which truth flows, by index
   * @return the same of these alone
   */
  public Verdicts where(IntPredicate wanted) {
    int[] kept = IntStream.range(0, scores.length).filter(wanted).toArray();
    return new Verdicts(
        detector,
        probability,
        threshold,
        classes,
        Arrays.stream(kept).mapToObj(flows::get).toList(),
        Arrays.stream(kept).mapToDouble(i -> scores[i]).toArray(),
        Arrays.stream(kept).map(i -> named[i]).toArray());
  }

  /** The order that the scores make. */
  public Ranking ranking() {
    boolean[] attack = new boolean[scores.length];
    for (int i = 0; i < attack.length; i++) {
      attack[i] = !flows.get(i).benign();
    }
    return new Ranking(scores, attack);
  }
}
