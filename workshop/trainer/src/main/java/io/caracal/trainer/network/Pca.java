package io.caracal.trainer.network;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Reconstruction from principal components: what the deep reconstructions are held against, on the
 * same columns, normalised alike, with the same residual. Nothing is learnt by gradients; {@link
 * #prepare} computes it.
 */
public final class Pca extends FlatNetwork {
  private final int components;

  /**
   * Hyper-parameters.
   *
   * @param components how many are kept, fewer than there are columns
   */
  public record Settings(int components) {}

  /**
   * A projection onto nothing, until it is prepared.
   *
   * @param input the columns
   * @param components how many are kept, fewer than there are columns
   */
  public Pca(FlatInput input, int components) {
    super("pca", input, 0);
    this.components = components;
    parameters().layer("down", components, columns());
    parameters().layer("up", columns(), components);
  }

  /** The leading eigenvectors of the covariance of benign rows. */
  @Override
  public void prepare(float[] train) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor x = normalised(train);
      Tensor mean = x.mean(0);
      Tensor centred = x.sub(mean);
      T_TensorTensor_T eigen = torch.linalg_eigh(centred.t().matmul(centred));
      Tensor leading = eigen.get1().narrow(1, columns() - (long) components, components);
      parameters().weight("down").copy_(leading.t());
      parameters().bias("down").copy_(mean.matmul(leading).neg());
      parameters().weight("up").copy_(leading);
      parameters().bias("up").copy_(mean);
    }
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    return Residual.of(on, x, on.dense("up", on.dense("down", x)));
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    return score(on, x).mean();
  }
}
