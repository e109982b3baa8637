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
  private int size;

  /**
   * Room for the scores of a batch.
   *
   * @param capacity most rows
   */
  public Scores(int capacity) {
    scores = new float[capacity];
    classes = new int[capacity];
    scored = new boolean[capacity];
  }

  /**
   * Makes every row an abstention.
   *
   * @param rows rows of the next batch, at most the capacity
   */
  public void reset(int rows) {
    size = rows;
    Arrays.fill(scores, 0, rows, 0);
    Arrays.fill(classes, 0, rows, NO_CLASS);
    Arrays.fill(scored, 0, rows, false);
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
      throw new IllegalArgumentException("score " + score + " in row " + row);
    }
    scores[row] = score;
    classes[row] = attackClass;
    scored[row] = true;
  }

  /**
   * Whether the detector has no opinion on a row.
   *
   * @param row 0 to size - 1
   * @return true if it abstained
   */
  public boolean abstained(int row) {
    return !scored[row];
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
