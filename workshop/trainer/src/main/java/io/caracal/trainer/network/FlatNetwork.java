package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.SortedMap;
import org.bytedeco.pytorch.Tensor;

/**
 * An unsupervised network over normalised columns of flat views. Its score is written once, in
 * {@link Operations}, and serves training, parity checks and the exported graph.
 */
public abstract class FlatNetwork implements Network {
  private final FlatInput input;
  private final Parameters parameters;
  private final String name;

  FlatNetwork(String name, FlatInput input, long seed) {
    this.name = name;
    this.input = input;
    parameters = new Parameters(seed);
  }

  /**
   * The distance from normal.
   *
   * @param on what the batch is made of
   * @param x normalised columns, (N, columns)
   * @return (N), at least 0
   */
  abstract <V> V score(Operations<V> on, V x);

  /**
   * The loss of normalised rows.
   *
   * @param on libtorch
   * @param x normalised columns, (N, columns)
   * @param training whether noise applies
   * @return a scalar
   */
  abstract Tensor loss(TorchOperations on, Tensor x, boolean training);

  /**
   * Sets what the network takes from the data before it is fitted; most take nothing.
   *
   * @param train raw benign rows
   */
  public void prepare(float[] train) {}

  /**
   * Sets what the network estimates once its weights are fitted, such as the usual size of its
   * residuals; most estimate nothing.
   *
   * @param train raw benign rows
   */
  public void conclude(float[] train) {}

  /** Number of columns that it reads. */
  final int columns() {
    return input.width();
  }

  final TorchOperations torch() {
    return new TorchOperations(parameters);
  }

  /** Raw rows as normalised columns. */
  final Tensor normalised(float[] rows) {
    return input.of(Tensors.of(rows, rows.length / width(), width()));
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
    return loss(torch(), input.of(rows), training);
  }

  @Override
  public final Tensor score(Tensor rows) {
    return score(torch(), input.of(rows));
  }

  @Override
  public final Tensor classes(Tensor rows) {
    return rows.narrow(1, 0, 0);
  }

  @Override
  public final byte[] export(SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph(name);
    graph.output("score", score(new OnnxOperations(graph, parameters), input.of(graph)));
    return graph.build(metadata);
  }
}
