package io.caracal.trainer.network;

import org.bytedeco.pytorch.Tensor;

/** What {@link Fit} can fit: weights and a loss over raw rows. */
public interface Trainable {
  /** Floats per raw row. */
  int width();

  /** The weights. */
  Parameters parameters();

  /**
   * The mean loss of a batch.
   *
   * @param rows raw rows, (N, width)
   * @param targets index of the true class of each row, 0 for benign; what learns without labels
   *     ignores it
   * @param training whether noise and dropout apply
   * @return a scalar
   */
  Tensor loss(Tensor rows, long[] targets, boolean training);
}
