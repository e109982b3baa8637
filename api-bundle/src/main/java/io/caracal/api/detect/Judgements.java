package io.caracal.api.detect;

import java.util.Arrays;

/**
 * An ensemble's judgement of the rows of one batch. Reset by the host before each call; used by one
 * thread.
 */
public final class Judgements {
  private final float[] probabilities;
  private final float[] tails;
  private final float[] uncertainties;
  private final AttackClass[] classes;
  private final boolean[] judged;
  private int size;

  /**
   * Room for the judgements of a batch.
   *
   * @param capacity most rows
   */
  public Judgements(int capacity) {
    probabilities = new float[capacity];
    tails = new float[capacity];
    uncertainties = new float[capacity];
    classes = new AttackClass[capacity];
    judged = new boolean[capacity];
  }

  /**
   * Makes every row unjudged.
   *
   * @param rows rows of the next batch, at most the capacity
   */
  public void reset(int rows) {
    size = rows;
    Arrays.fill(probabilities, 0, rows, 0);
    Arrays.fill(tails, 0, rows, 1);
    Arrays.fill(uncertainties, 0, rows, 1);
    Arrays.fill(classes, 0, rows, AttackClass.ANOMALY);
    Arrays.fill(judged, 0, rows, false);
  }

  /**
   * Rows.
   *
   * @return the size of the batch
   */
  public int size() {
    return size;
  }

  /**
   * Sets a row's judgement.
   *
   * @param row 0 to size - 1
   * @param probability that the flow belongs to an attack, 0 to 1, calibrated on validation traffic
   * @param uncertainty 0 if all detectors agree to 1 if they contradict each other
   * @param attackClass the likeliest class of attack
   * @throws IllegalArgumentException if a number is outside 0 to 1
   */
  public void set(int row, float probability, float uncertainty, AttackClass attackClass) {
    set(row, probability, 1, uncertainty, attackClass);
  }

  /**
   * Sets a row's judgement with what it counts as evidence against hosts.
   *
   * @param row 0 to size - 1
   * @param probability that the flow belongs to an attack, 0 to 1, calibrated on validation traffic
   * @param tail share of benign flows that are judged at least as suspicious, 0 to 1; 1 gives no
   *     evidence, see {@link HostEvidence}
   * @param uncertainty 0 if all detectors agree to 1 if they contradict each other
   * @param attackClass the likeliest class of attack
   * @throws IllegalArgumentException if a number is outside 0 to 1
   */
  public void set(
      int row, float probability, float tail, float uncertainty, AttackClass attackClass) {
    if (!(inRange(probability) && inRange(tail) && inRange(uncertainty))) {
      throw new IllegalArgumentException(
          "probability "
              + probability
              + ", tail "
              + tail
              + ", uncertainty "
              + uncertainty
              + " in row "
              + row);
    }
    probabilities[row] = probability;
    tails[row] = tail;
    uncertainties[row] = uncertainty;
    classes[row] = attackClass;
    judged[row] = true;
  }

  /**
   * Whether there was anything to judge by.
   *
   * @param row 0 to size - 1
   * @return false if every detector abstained
   */
  public boolean judged(int row) {
    return judged[row];
  }

  /**
   * Probability of an attack.
   *
   * @param row 0 to size - 1
   * @return 0 to 1, 0 if unjudged
   */
  public float probability(int row) {
    return probabilities[row];
  }

  /**
   * How rare a judgement is among benign flows.
   *
   * @param row 0 to size - 1
   * @return share of benign flows that are judged at least as suspicious, 1 if unjudged or unknown
   */
  public float tail(int row) {
    return tails[row];
  }

  /**
   * Disagreement of the detectors.
   *
   * @param row 0 to size - 1
   * @return 0 to 1, 1 if unjudged
   */
  public float uncertainty(int row) {
    return uncertainties[row];
  }

  /**
   * Likeliest class of attack.
   *
   * @param row 0 to size - 1
   * @return {@link AttackClass#ANOMALY} if no detector named one
   */
  public AttackClass attackClass(int row) {
    return classes[row];
  }

  private static boolean inRange(float share) {
    return share >= 0 && share <= 1;
  }
}
