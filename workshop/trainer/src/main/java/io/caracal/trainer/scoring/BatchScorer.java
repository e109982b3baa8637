package io.caracal.trainer.scoring;

/**
 * A finished model that scores raw rows of its views, as the sensor will run it. Used by one
 * thread.
 */
public interface BatchScorer extends AutoCloseable {
  /**
   * Scores rows.
   *
   * @param rows raw rows of the views, one after the other
   * @param count how many
   * @return one score per row, and class probabilities if the model is supervised
   */
  Answer score(float[] rows, int count);

  @Override
  void close();
}
