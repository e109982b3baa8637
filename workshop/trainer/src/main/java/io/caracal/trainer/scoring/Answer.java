package io.caracal.trainer.scoring;

/** What a model gave for a batch. The arrays are not copied and not to be changed. */
public final class Answer {
  private final float[] scores;
  private final float[] classes;

  /**
   * An answer.
   *
   * @param scores one per row
   * @param classes probabilities of the attack classes, row-major; empty if the model has none
   */
  public Answer(float[] scores, float[] classes) {
    this.scores = scores;
    this.classes = classes;
  }

  /** One per row. */
  public float[] scores() {
    return scores;
  }

  /** Probabilities of the attack classes, row-major; empty if the model has none. */
  public float[] classes() {
    return classes;
  }

  /** Index of a row's likeliest attack class, or -1 if the model has none. */
  public int likeliest(int row) {
    int width = scores.length == 0 ? 0 : classes.length / scores.length;
    int best = -1;
    for (int c = 0; c < width; c++) {
      if (best < 0 || classes[row * width + c] > classes[row * width + best]) {
        best = c;
      }
    }
    return best;
  }
}
