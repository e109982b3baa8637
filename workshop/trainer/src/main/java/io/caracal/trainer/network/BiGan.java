package io.caracal.trainer.network;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A bidirectional generative adversarial network (Donahue et al. <a
 * href="https://arxiv.org/abs/1605.09782">2017</a>): a generator makes rows of random codes, an
 * encoder makes codes of rows, and a discriminator tells pairs of a real row and its code from
 * pairs of a random code and its row. The score is that of Zenati et al. (<a
 * href="https://arxiv.org/abs/1802.06222">2018</a>): the residual of a row encoded and generated
 * again, and how far apart the discriminator's features of the two rows are. Both are measured in
 * their mean over benign flows.
 */
public final class BiGan extends FlatNetwork {
  private final Settings settings;
  private final Stack encoder;
  private final Stack generator;
  private final Stack judge;
  private double meanResidual = 1;
  private double meanFeatures = 1;

  /**
   * Hyper-parameters.
   *
   * @param hidden width of hidden layers
   * @param code width of the code
   * @param adversarial weight of deceiving the discriminator against describing rows well
   * @param features share of the discriminator's features in the score
   */
  public record Settings(int hidden, int code, double adversarial, double features) {}

  /**
   * A network with random weights.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param seed of the weights
   */
  public BiGan(FlatInput input, Settings settings, long seed) {
    super("gan", input, seed);
    this.settings = settings;
    List<Integer> widths = List.of(columns(), settings.hidden(), settings.code());
    encoder = Stack.of(parameters(), "encoder", widths);
    generator = Stack.of(parameters(), "generator", widths.reversed());
    parameters().layer("judge-row", settings.hidden(), columns());
    parameters().layer("judge-code", settings.hidden(), settings.code());
    judge = Stack.of(parameters(), "judge", List.of(settings.hidden(), settings.hidden() / 2, 1));
  }

  private <V> V features(Operations<V> on, V row, V code) {
    V both = on.add(on.dense("judge-row", row), on.dense("judge-code", code));
    return judge.features(on, on.leaky(both));
  }

  /** Logit of a pair being a real row and its code: (N, 1). */
  private Tensor real(TorchOperations on, Tensor row, Tensor code) {
    return judge.last(on, features(on, row, code));
  }

  private <V> V featureDistance(Operations<V> on, V x, V code, V description) {
    return on.mean(on.abs(on.subtract(features(on, x, code), features(on, description, code))));
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    V code = encoder.apply(on, x);
    V description = generator.apply(on, code);
    V residual = Residual.of(on, x, description);
    V features = featureDistance(on, x, code, description);
    return on.add(
        on.scale(residual, (1 - settings.features()) / meanResidual),
        on.scale(features, settings.features() / meanFeatures));
  }

  @Override
  public void conclude(float[] train) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      TorchOperations on = torch();
      Tensor x = normalised(train);
      Tensor code = encoder.apply(on, x);
      Tensor description = generator.apply(on, code);
      meanResidual = Residual.of(on, x, description).mean().item_float();
      meanFeatures = featureDistance(on, x, code, description).mean().item_float();
    }
  }

  /**
   * Both sides of the game in one step: the discriminator learns from pairs that carry no gradient
   * to the others, the others from a discriminator that is frozen. The residual, by which the best
   * epoch is chosen too, ties encoder and generator together.
   */
  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    Tensor code = encoder.apply(on, x);
    Tensor residual = Residual.of(on, x, generator.apply(on, code)).mean();
    if (!training) {
      return residual;
    }
    Tensor random = torch.randn_like(code);
    Tensor made = generator.apply(on, random);
    Tensor judged =
        torch
            .softplus(real(on, x, code.detach()).neg())
            .add(torch.softplus(real(on, made.detach(), random)))
            .mean();
    TorchOperations frozen = on.frozen();
    Tensor deceived =
        torch
            .softplus(real(frozen, x, code))
            .add(torch.softplus(real(frozen, made, random).neg()))
            .mean();
    return residual.add(judged).add(deceived.mul(Tensors.scalar(settings.adversarial())));
  }
}
