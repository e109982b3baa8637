package io.caracal.api.detect;

import java.util.Arrays;

/**
 * One detector's scores for the rows of one batch. The host resets it before each call, after which
 * every row is an abstention; used by one thread.
 */
public final class Scores {
  /** No class named. */
  public static final int NO_CLASS = -1;

  private final float[] scores;
  private final int[] classes;
  private final boolean[] scored;
  private final boolean[] withheld;
  private int size;
  private int notFinite;

  /**
   * Room for the scores of a batch.
   *
   * @param capacity most rows
   */
  public Scores(int capacity) {
    scores = new float[capacity];
    classes = new int[capacity];
    scored = new boolean[capacity];
    withheld = new boolean[capacity];
  }

  /**
   * Makes every row an abstention.
   *
   * @param rows rows of the next batch, at most the capacity
   */
  public void reset(int rows) {
    size = rows;
    notFinite = 0;
    Arrays.fill(scores, 0, rows, 0);
    Arrays.fill(classes, 0, rows, NO_CLASS);
    Arrays.fill(scored, 0, rows, false);
    Arrays.fill(withheld, 0, rows, false);
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
   * Sets a row's score.
   *
   * @param row 0 to size - 1
   * @param score as the detector's {@link DetectorKind} says; higher is more suspicious
   * @param attackClass index of the likeliest attack class in the description, or {@link #NO_CLASS}
   * @throws IllegalArgumentException if the score is NaN or infinite
   */
  public void set(int row, float score, int attackClass) {
    if (!Float.isFinite(score)) {
      notFinite++;
      throw new IllegalArgumentException("score " + score + " in row " + row);
    }
    scores[row] = score;
    classes[row] = attackClass;
    scored[row] = true;
  }

  /**
   * Notes that the host did not ask the detector about a row, because those asked before it had
   * settled the judgement; unlike an abstention this says nothing about the flow. The row has no
   * score. Called by the host only.
   *
   * @param row 0 to size - 1
   */
  public void withhold(int row) {
    withheld[row] = true;
  }

  /**
   * Whether the detector was not asked about a row.
   *
   * @param row 0 to size - 1
   * @return true if the row was {@linkplain #withhold withheld} from it
   */
  public boolean withheld(int row) {
    return withheld[row];
  }

  /**
   * Whether there is no score for a row: the detector has no opinion, or was not asked.
   *
   * @param row 0 to size - 1
   * @return true if it abstained or the row was {@linkplain #withheld withheld} from it
   */
  public boolean abstained(int row) {
    return !scored[row];
  }

  /**
   * How many scores were refused since the reset because they are NaN or infinite. The host takes a
   * call that gave any for a failed one.
   *
   * @return 0 if all were finite
   */
  public int notFinite() {
    return notFinite;
  }

  /**
   * Takes what another detector's or batch's scores say of a row.
   *
   * @param row 0 to size - 1
   * @param other the scores to copy from
   * @param from its row
   */
  public void copy(int row, Scores other, int from) {
    scores[row] = other.scores[from];
    classes[row] = other.classes[from];
    scored[row] = other.scored[from];
    withheld[row] = other.withheld[from];
  }

  /**
   * A row's score.
   *
   * @param row 0 to size - 1
   * @return the score, 0 if abstained
   */
  public float score(int row) {
    return scores[row];
  }

  /**
   * A row's likeliest attack class.
   *
   * @param row 0 to size - 1
   * @return index in the detector's classes, or {@link #NO_CLASS}
   */
  public int attackClass(int row) {
    return classes[row];
  }
}
