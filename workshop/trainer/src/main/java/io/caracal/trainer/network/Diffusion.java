package io.caracal.trainer.network;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A denoising diffusion model (Ho et al. <a href="https://arxiv.org/abs/2006.11239">2020</a>) that
 * reconstructs in a few deterministic steps (DDIM, Song et al. <a
 * href="https://arxiv.org/abs/2010.02502">2021</a>). A row is taken to a level of noise, but as the
 * mean of what noise would make of it, so that equal rows have equal scores; the steps lead it back
 * to what the model holds for normal, and the score is the residual. Noise of standard deviation
 * {@code s} leaves {@code sqrt(1 - s^2)} of the row.
 */
public final class Diffusion extends FlatNetwork {
  private static final double LEAST_NOISE = 0.05;
  private static final double MOST_NOISE = 0.9;
  private static final int MOST_STEPS = 4;

  private final Settings settings;
  private final Stack denoiser;

  /**
   * Hyper-parameters.
   *
   * @param hidden width of the first and last hidden layers
   * @param bottleneck width of the layer between them
   * @param steps levels of noise from which the row is led back, descending, 1 to 4 of them
   */
  public record Settings(int hidden, int bottleneck, List<Double> steps) {
    /** Copies the list and checks it. */
    public Settings {
      steps = List.copyOf(steps);
      boolean descending = true;
      for (int i = 0; i < steps.size(); i++) {
        descending &= steps.get(i) > 0 && steps.get(i) < (i == 0 ? 1 : steps.get(i - 1));
      }
      if (steps.isEmpty() || steps.size() > MOST_STEPS || !descending) {
        throw new IllegalArgumentException(
            "steps must be 1 to 4 descending levels between 0 and 1, not " + steps);
      }
    }
  }

  /**
   * A network with random weights.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param seed of the weights
   */
  public Diffusion(FlatInput input, Settings settings, long seed) {
    super("diffusion", input, seed);
    this.settings = settings;
    int hidden = settings.hidden();
    parameters().layer("row", hidden, columns());
    parameters().layer("level", hidden, 2);
    denoiser =
        Stack.of(
            parameters(), "denoiser", List.of(hidden, settings.bottleneck(), hidden, columns()));
  }

  /** The clean row that the model sees behind a noisy one; the level is (N or 1, 2). */
  private <V> V clean(Operations<V> on, V noisy, V level) {
    V both = on.add(on.dense("row", noisy), on.dense("level", level));
    return denoiser.apply(on, on.leaky(both));
  }

  private static double signal(double noise) {
    return Math.sqrt(1 - noise * noise);
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    List<Double> steps = settings.steps();
    V noisy = on.scale(x, signal(steps.getFirst()));
    for (int i = 0; ; i++) {
      double noise = steps.get(i);
      float[] level = {(float) noise, (float) Math.log(noise)};
      V clean = clean(on, noisy, on.constant(level, 1, 2));
      if (i == steps.size() - 1) {
        return Residual.of(on, x, clean);
      }
      // What of the noisy row is noise is kept in proportion to the next level.
      double next = steps.get(i + 1);
      double kept = next / noise;
      noisy = on.add(on.scale(noisy, kept), on.scale(clean, signal(next) - kept * signal(noise)));
    }
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    if (!training) {
      return score(on, x).mean();
    }
    Tensor noise =
        torch
            .rand_like(x.narrow(1, 0, 1))
            .mul(Tensors.scalar(MOST_NOISE - LEAST_NOISE))
            .add(Tensors.scalar(LEAST_NOISE));
    Tensor signal = noise.square().neg().add(Tensors.scalar(1)).sqrt();
    Tensor noisy = x.mul(signal).add(noise.mul(torch.randn_like(x)));
    Tensor level = torch.cat(new TensorVector(noise, noise.log()), 1);
    return Residual.of(on, x, clean(on, noisy, level)).mean();
  }
}
