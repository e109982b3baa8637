package io.caracal.api.detect;

import java.util.Arrays;

/**
 * An ensemble's judgement of the rows of one batch. Reset by the host before each call; used by one
 * thread.
 */
public final class Judgements {
  private final float[] probabilities;
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
    if (!(probability >= 0 && probability <= 1 && uncertainty >= 0 && uncertainty <= 1)) {
      throw new IllegalArgumentException(
          "probability " + probability + ", uncertainty " + uncertainty + " in row " + row);
    }
    probabilities[row] = probability;
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
}
