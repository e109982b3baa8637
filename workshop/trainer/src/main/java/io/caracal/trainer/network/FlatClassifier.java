package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.SortedMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A classifier of normalised columns of flat views. Class 0 is benign; the score is the probability
 * of all others together. What it computes is written once, in {@link Operations}.
 */
public abstract class FlatClassifier implements Network {
  private final String name;
  private final FlatInput input;
  private final Noise noise;
  private final int classes;
  private final Parameters parameters;

  /**
   * What keeps a classifier from learning by heart.
   *
   * @param noise standard deviation of noise on the normalised columns while training
   * @param labelSmoothing share of the target spread over all classes
   */
  record Noise(double noise, double labelSmoothing) {}

  FlatClassifier(String name, FlatInput input, Noise noise, int attackClasses, long seed) {
    this.name = name;
    this.input = input;
    this.noise = noise;
    classes = attackClasses + 1;
    parameters = new Parameters(seed);
  }

  /**
   * The classes before they become probabilities.
   *
   * @param on what the batch is made of
   * @param x normalised columns, (N, columns)
   * @return (N, classes)
   */
  abstract <V> V logits(Operations<V> on, V x);

  /** Number of columns that it reads. */
  final int columns() {
    return input.width();
  }

  /** Benign and the attack classes. */
  final int classes() {
    return classes;
  }

  @Override
  public final InputLayout layout() {
    return input.layout();
  }

  @Override
  public final Parameters parameters() {
    return parameters;
  }

  @Override
  public final Tensor loss(Tensor rows, long[] targets, boolean training) {
    Tensor x = input.of(rows);
    Tensor seen = training ? x.add(torch.randn_like(x).mul(Tensors.scalar(noise.noise()))) : x;
    double smoothing = training ? noise.labelSmoothing() : 0;
    return torch.cross_entropy_loss(
        logits(new TorchOperations(parameters), seen),
        torch.tensor(targets),
        new TensorOptional(),
        1,
        -100,
        smoothing);
  }

  @Override
  public final Tensor score(Tensor rows) {
    return classes(rows).sum(1).clamp_max(Tensors.scalar(1));
  }

  @Override
  public final Tensor classes(Tensor rows) {
    return logits(new TorchOperations(parameters), input.of(rows))
        .softmax(1)
        .narrow(1, 1, classes - 1);
  }

  @Override
  public final byte[] export(SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph(name);
    Layers.classes(graph, logits(new OnnxOperations(graph, parameters), input.of(graph)), classes);
    return graph.build(metadata);
  }
}
