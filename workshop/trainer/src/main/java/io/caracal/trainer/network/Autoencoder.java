package io.caracal.trainer.network;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A denoising autoencoder. The score is its residual: how badly what it learned of normal traffic
 * describes a flow.
 */
public final class Autoencoder extends FlatNetwork {
  private final Settings settings;
  private final Stack encoder;
  private final Stack decoder;

  /**
   * Hyper-parameters.
   *
   * @param hidden widths of the encoder's layers, the last is the code; the decoder mirrors them
   * @param noise standard deviation of noise on the normalised input while training
   * @param dropout share of input columns hidden while training
   */
  public record Settings(List<Integer> hidden, double noise, double dropout) {
    /** Copies the list. */
    public Settings {
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * A network with random weights.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param seed of the weights
   */
  public Autoencoder(FlatInput input, Settings settings, long seed) {
    super("autoencoder", input, seed);
    this.settings = settings;
    List<Integer> widths = Stream.concat(Stream.of(columns()), settings.hidden().stream()).toList();
    encoder = Stack.of(parameters(), "encoder", widths);
    decoder = Stack.of(parameters(), "decoder", widths.reversed());
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    return Residual.of(on, x, described(on, x));
  }

  <V> V code(Operations<V> on, V x) {
    return encoder.apply(on, x);
  }

  private <V> V described(Operations<V> on, V x) {
    return decoder.apply(on, code(on, x));
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    return Residual.of(on, x, described(on, training ? corrupted(x) : x)).mean();
  }

  private Tensor corrupted(Tensor x) {
    Tensor noise = torch.randn_like(x).mul(Tensors.scalar(settings.noise()));
    // Dropout scales what it keeps; undone, since the columns keep their meaning here.
    return torch
        .dropout(x.add(noise), settings.dropout(), true)
        .mul(Tensors.scalar(1 - settings.dropout()));
  }
}
