package io.caracal.trainer.network;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A variational autoencoder (Kingma and Welling <a
 * href="https://arxiv.org/abs/1312.6114">2014</a>). The score is the bound that it is trained by,
 * taken at the mean of the code instead of a random one: the residual plus the divergence of the
 * code's distribution from the prior. A flow scores high when it is described badly, and when its
 * description is one that no normal flow has.
 */
public final class Vae extends FlatNetwork {
  private final Settings settings;
  private final Stack encoder;
  private final Stack decoder;

  /**
   * Hyper-parameters.
   *
   * @param hidden width of the one hidden layer on either side
   * @param code width of the code
   * @param divergence weight of the divergence from the prior
   */
  public record Settings(int hidden, int code, double divergence) {}

  /** Mean and logarithm of the variance of the code. */
  private record Code<V>(V mean, V logVariance) {}

  /**
   * A network with random weights.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param seed of the weights
   */
  public Vae(FlatInput input, Settings settings, long seed) {
    super("vae", input, seed);
    this.settings = settings;
    // The encoder's last layer is the code's mean; another from the same features is its variance.
    List<Integer> widths = List.of(columns(), settings.hidden(), settings.code());
    encoder = Stack.of(parameters(), "encoder", widths);
    parameters().layer("variance", settings.code(), settings.hidden());
    decoder = Stack.of(parameters(), "decoder", widths.reversed());
  }

  private <V> Code<V> code(Operations<V> on, V x) {
    V features = encoder.features(on, x);
    return new Code<>(encoder.last(on, features), on.dense("variance", features));
  }

  /** Kullback-Leibler divergence from the standard normal distribution, per column: (N). */
  private <V> V divergence(Operations<V> on, Code<V> code) {
    V sum = on.add(on.square(code.mean()), on.exp(code.logVariance()));
    V terms = on.shift(on.subtract(sum, code.logVariance()), -1);
    return on.scale(on.mean(terms), 0.5 * settings.code() / columns());
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    Code<V> code = code(on, x);
    return bound(on, x, code, code.mean());
  }

  private <V> V bound(Operations<V> on, V x, Code<V> code, V drawn) {
    V residual = Residual.of(on, x, decoder.apply(on, drawn));
    return on.add(residual, on.scale(divergence(on, code), settings.divergence()));
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    Code<Tensor> code = code(on, x);
    if (!training) {
      return bound(on, x, code, code.mean()).mean();
    }
    Tensor deviation = code.logVariance().mul(Tensors.scalar(0.5)).exp();
    Tensor drawn = code.mean().add(deviation.mul(torch.randn_like(deviation)));
    return bound(on, x, code, drawn).mean();
  }
}
