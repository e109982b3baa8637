package io.caracal.trainer.network;

import io.caracal.trainer.TrainerException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Deep support vector data description (Ruff et al. <a
 * href="https://proceedings.mlr.press/v80/ruff18a.html">2018</a>): a network that maps normal
 * traffic close to one point. The score is the squared distance from it, every output measured in
 * its spread over benign flows.
 *
 * <p>Mapping everything to the point would be the cheapest solution. What could do that is left
 * out: there are no biases, activations are unbounded, and the point is away from zero; and a
 * network that did it all the same is refused.
 */
public final class DeepSvdd extends FlatNetwork {
  /** No coordinate of the centre is closer to zero: weights of zero would reach it. */
  private static final float LEAST_CENTRE = 0.1f;

  /** Outputs that spread less than this share of the centre's size have collapsed. */
  private static final double LEAST_SPREAD = 1e-3;

  private final Stack network;
  private float[] centre;
  private float[] inverseVariance;

  /**
   * Hyper-parameters.
   *
   * @param hidden widths of the layers, the last is the output
   */
  public record Settings(List<Integer> hidden) {
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
  public DeepSvdd(FlatInput input, Settings settings, long seed) {
    super("deep-svdd", input, seed);
    List<Integer> widths = Stream.concat(Stream.of(columns()), settings.hidden().stream()).toList();
    network = Stack.withoutBias(parameters(), "dense", widths);
    centre = new float[widths.getLast()];
    inverseVariance = new float[centre.length];
    Arrays.fill(inverseVariance, 1);
  }

  /** The centre is where the network maps normal traffic before it has learnt anything. */
  @Override
  public void prepare(float[] train) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      centre = Tensors.values(mapped(train).mean(0));
    }
    for (int i = 0; i < centre.length; i++) {
      centre[i] = Math.copySign(Math.max(LEAST_CENTRE, Math.abs(centre[i])), centre[i]);
    }
  }

  /**
   * Measures the spread of the outputs.
   *
   * @throws TrainerException if there is next to none: the network has collapsed
   */
  @Override
  public void conclude(float[] train) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      float[] spread = Tensors.values(mapped(train).std(0));
      double sum = 0;
      double size = 0;
      for (int i = 0; i < spread.length; i++) {
        sum += spread[i];
        size += Math.abs(centre[i]);
      }
      if (!(sum >= LEAST_SPREAD * size)) {
        throw new TrainerException(
            "deep-svdd has collapsed: its outputs spread over "
                + sum / size
                + " of the centre's size; train for fewer epochs or at a lower rate");
      }
      double floor = LEAST_SPREAD * size / spread.length;
      for (int i = 0; i < spread.length; i++) {
        inverseVariance[i] = (float) (1 / Math.pow(Math.max(floor, spread[i]), 2));
      }
    }
  }

  private Tensor mapped(float[] rows) {
    return network.apply(torch(), normalised(rows));
  }

  /** Squared distance from the centre, output by output: (N, outputs). */
  private <V> V squares(Operations<V> on, V x) {
    return on.square(on.subtract(network.apply(on, x), on.constant(centre, 1, centre.length)));
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    return on.mean(on.multiply(squares(on, x), on.constant(inverseVariance, 1, centre.length)));
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    return squares(on, x).mean();
  }
}
