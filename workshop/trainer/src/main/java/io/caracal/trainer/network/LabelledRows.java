package io.caracal.trainer.network;

/** Raw rows of a view and what they are. The arrays are not copied and not to be changed. */
public final class LabelledRows {
  private final float[] rows;
  private final long[] targets;

  /**
   * Rows.
   *
   * @param rows one after the other
   * @param targets class of each row, 0 for benign
   */
  public LabelledRows(float[] rows, long[] targets) {
    this.rows = rows;
    this.targets = targets;
  }

  /** One after the other. */
  public float[] rows() {
    return rows;
  }

  long[] targets() {
    return targets;
  }

  /** Number of rows. */
  public int count() {
    return targets.length;
  }
}
