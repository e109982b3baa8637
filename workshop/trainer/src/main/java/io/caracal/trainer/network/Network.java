package io.caracal.trainer.network;

import io.caracal.trainer.rows.InputLayout;
import java.util.SortedMap;
import org.bytedeco.pytorch.Tensor;

/**
 * A network that exists twice: as libtorch operations for training and as an ONNX graph for the
 * sensor. Both read raw rows of views, row-major, and normalise them inside. Used by one thread.
 */
public interface Network extends Trainable {
  /** The views that it reads, and where their columns stand in a raw row. */
  InputLayout layout();

  @Override
  default int width() {
    return layout().width();
  }

  /**
   * The scores of a batch, as the exported graph gives them.
   *
   * @param rows raw rows, (N, width)
   * @return (N) scores
   */
  Tensor score(Tensor rows);

  /**
   * Probabilities of the attack classes.
   *
   * @param rows raw rows, (N, width)
   * @return (N, K), with K = 0 for unsupervised networks
   */
  Tensor classes(Tensor rows);

  /**
   * The network as ONNX: an input per view, named and shaped as it, outputs {@code score} and, if
   * supervised, {@code classes}.
   *
   * @param metadata goes into the file
   * @return bytes of the file
   */
  byte[] export(SortedMap<String, String> metadata);
}
