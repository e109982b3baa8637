package io.caracal.trainer.network;

import java.util.ArrayList;
import java.util.List;

/** A classifier by dense layers; without a hidden one it is multinomial logistic regression. */
public final class DenseClassifier extends FlatClassifier {
  private final Stack stack;

  /**
   * Hyper-parameters.
   *
   * @param hidden widths of the hidden layers, possibly none
   * @param noise standard deviation of noise on the normalised columns while training
   * @param labelSmoothing share of the target spread over all classes
   */
  public record Settings(List<Integer> hidden, double noise, double labelSmoothing) {
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
   * @param attackClasses classes besides benign
   * @param seed of the weights
   */
  public DenseClassifier(FlatInput input, Settings settings, int attackClasses, long seed) {
    super(
        "dense-classifier",
        input,
        new Noise(settings.noise(), settings.labelSmoothing()),
        attackClasses,
        seed);
    List<Integer> widths = new ArrayList<>(List.of(columns()));
    widths.addAll(settings.hidden());
    widths.add(classes());
    stack = Stack.of(parameters(), "dense", widths);
  }

  @Override
  <V> V logits(Operations<V> on, V x) {
    return stack.apply(on, x);
  }
}
