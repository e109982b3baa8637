package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A classifier of normalised columns by dense layers; without a hidden one it is multinomial
 * logistic regression. Class 0 is benign; the score is the probability of all others together.
 */
public final class DenseClassifier implements Network {
  private final FlatInput input;
  private final Settings settings;
  private final int classes;
  private final Parameters parameters;
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
    this.input = input;
    this.settings = settings;
    classes = attackClasses + 1;
    parameters = new Parameters(seed);
    List<Integer> widths = new ArrayList<>(List.of(input.width()));
    widths.addAll(settings.hidden());
    widths.add(classes);
    stack = Stack.of(parameters, "dense", widths);
  }

  @Override
  public InputLayout layout() {
    return input.layout();
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public Tensor loss(Tensor rows, long[] targets, boolean training) {
    Tensor x = input.of(rows);
    Tensor seen = training ? x.add(torch.randn_like(x).mul(Tensors.scalar(settings.noise()))) : x;
    double smoothing = training ? settings.labelSmoothing() : 0;
    return torch.cross_entropy_loss(
        stack.apply(new TorchOperations(parameters), seen),
        torch.tensor(targets),
        new TensorOptional(),
        1,
        -100,
        smoothing);
  }

  @Override
  public Tensor score(Tensor rows) {
    return classes(rows).sum(1).clamp_max(Tensors.scalar(1));
  }

  @Override
  public Tensor classes(Tensor rows) {
    return stack
        .apply(new TorchOperations(parameters), input.of(rows))
        .softmax(1)
        .narrow(1, 1, classes - 1);
  }

  @Override
  public byte[] export(SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph("dense-classifier");
    String logits = stack.apply(new OnnxOperations(graph, parameters), input.of(graph));
    Layers.classes(graph, logits, classes);
    return graph.build(metadata);
  }
}
