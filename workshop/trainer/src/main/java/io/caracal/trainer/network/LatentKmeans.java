package io.caracal.trainer.network;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * An autoencoder whose codes are clustered by k-means. The score is the squared distance of a
 * flow's code from the nearest centre plus the residual of its description, each in its mean over
 * benign flows: the distance tells what is far from every kind of normal traffic, the residual what
 * the code does not hold.
 */
public final class LatentKmeans extends FlatNetwork {
  private final Settings settings;
  private final long seed;
  private final Stack encoder;
  private final Stack decoder;
  private float[] centres;
  private float[] inverseDeviation;
  private double meanDistance = 1;
  private double meanResidual = 1;

  /**
   * Hyper-parameters.
   *
   * @param hidden width of the one hidden layer on either side
   * @param code width of the code
   * @param clusters number of centres
   */
  public record Settings(int hidden, int code, int clusters) {}

  /**
   * A network with random weights.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param seed of the weights and of the first centres
   */
  public LatentKmeans(FlatInput input, Settings settings, long seed) {
    super("latent-kmeans", input, seed);
    this.settings = settings;
    this.seed = seed;
    List<Integer> widths = List.of(columns(), settings.hidden(), settings.code());
    encoder = Stack.of(parameters(), "encoder", widths);
    decoder = Stack.of(parameters(), "decoder", widths.reversed());
    centres = new float[settings.code()];
    inverseDeviation = new float[settings.code()];
  }

  private <V> V residual(Operations<V> on, V x, V code) {
    return Residual.of(on, x, decoder.apply(on, code));
  }

  /** Codes whose coordinates have a standard deviation of 1 over benign flows: (N, code). */
  private <V> V standard(Operations<V> on, V code) {
    return on.multiply(code, on.constant(inverseDeviation, 1, settings.code()));
  }

  private <V> V distance(Operations<V> on, V code) {
    int count = centres.length / settings.code();
    V each =
        on.subtract(on.raised(standard(on, code)), on.constant(centres, count, settings.code()));
    return on.least(on.mean(on.square(each)));
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    V code = encoder.apply(on, x);
    return on.add(
        on.scale(distance(on, code), 0.5 / meanDistance),
        on.scale(residual(on, x, code), 0.5 / meanResidual));
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    return residual(on, x, encoder.apply(on, x)).mean();
  }

  @Override
  public void conclude(float[] train) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      TorchOperations on = torch();
      Tensor x = normalised(train);
      Tensor code = encoder.apply(on, x);
      inverseDeviation = Tensors.values(code.std(0).clamp_min(Tensors.scalar(1e-3)).reciprocal());
      centres =
          new Kmeans(settings.code())
              .centres(Tensors.values(standard(on, code)), settings.clusters(), seed);
      meanResidual = residual(on, x, code).mean().item_float();
      meanDistance = distance(on, code).mean().item_float();
    }
  }
}
