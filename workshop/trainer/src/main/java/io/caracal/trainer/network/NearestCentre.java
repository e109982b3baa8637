package io.caracal.trainer.network;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The classical clustering detector: k-means over normalised columns of benign flows, and the mean
 * squared distance to the nearest centre as the score. Nothing is learnt by gradients; {@link
 * #prepare} computes it.
 */
public final class NearestCentre extends FlatNetwork {
  private final Settings settings;
  private final long seed;
  private float[] centres;

  /**
   * Hyper-parameters.
   *
   * @param clusters number of centres
   */
  public record Settings(int clusters) {}

  /**
   * Centres that are all zero, until it is prepared.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param seed of the first centres
   */
  public NearestCentre(FlatInput input, Settings settings, long seed) {
    super("kmeans", input, seed);
    this.settings = settings;
    this.seed = seed;
    centres = new float[settings.clusters() * columns()];
    // An optimiser wants a parameter, even to do nothing.
    parameters().layer("unused", 1, 1);
  }

  @Override
  public void prepare(float[] train) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      centres =
          new Kmeans(columns())
              .centres(Tensors.values(normalised(train)), settings.clusters(), seed);
    }
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    V each = on.subtract(on.raised(x), on.constant(centres, settings.clusters(), columns()));
    return on.least(on.mean(on.square(each)));
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    return score(on, x).mean();
  }
}
