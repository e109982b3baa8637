package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A long short-term memory (Hochreiter and Schmidhuber 1997): it knows what came before. */
public final class LstmEncoder implements PacketEncoder {
  private static final String INPUT = PREFIX + "input";
  private static final String STATE = PREFIX + "state";

  /** Where libtorch's gates (input, forget, cell, output) stand in ONNX's order. */
  private static final int[] GATES = {0, 3, 1, 2};

  private final Parameters parameters;
  private final Settings settings;

  /**
   * Hyper-parameters.
   *
   * @param width values of the state
   */
  public record Settings(int width) implements PacketEncoder.Settings {
    @Override
    public PacketEncoder make(Parameters parameters, PacketColumns packets, boolean causal) {
      return new LstmEncoder(this, parameters, packets);
    }
  }

  private LstmEncoder(Settings settings, Parameters parameters, PacketColumns packets) {
    this.settings = settings;
    this.parameters = parameters;
    parameters.layer(INPUT, 4L * settings.width(), packets.channels().size());
    parameters.layer(STATE, 4L * settings.width(), settings.width());
  }

  @Override
  public int width() {
    return settings.width();
  }

  @Override
  public Tensor encode(Tensor values, Tensor mask, boolean training) {
    Tensor zero = values.new_zeros(1, values.size(0), settings.width());
    TensorVector weights =
        new TensorVector(
            parameters.weight(INPUT),
            parameters.weight(STATE),
            parameters.bias(INPUT),
            parameters.bias(STATE));
    return torch
        .lstm(values, new TensorVector(zero, zero), weights, true, 1, 0, training, false, true)
        .get0()
        .mul(mask);
  }

  @Override
  public String encode(OnnxGraph graph, PacketColumns.Nodes packets) {
    int width = settings.width();
    long from = parameters.shape(INPUT + ".weight")[1];
    float[] biases = new float[8 * width];
    System.arraycopy(gates(parameters.values(INPUT + ".bias"), 1), 0, biases, 0, 4 * width);
    System.arraycopy(gates(parameters.values(STATE + ".bias"), 1), 0, biases, 4 * width, 4 * width);
    String states =
        graph.node(
            "LSTM",
            List.of(
                Layers.transposed(graph, packets.values(), 1, 0, 2),
                graph.constant(
                    gates(parameters.values(INPUT + ".weight"), (int) from), 1, 4L * width, from),
                graph.constant(
                    gates(parameters.values(STATE + ".weight"), width), 1, 4L * width, width),
                graph.constant(biases, 1, 8L * width)),
            node -> node.addAttribute(OnnxGraph.attribute("hidden_size", width)));
    String sequence = graph.node("Squeeze", states, graph.integers(1));
    return graph.node("Mul", Layers.transposed(graph, sequence, 1, 0, 2), packets.mask());
  }

  private float[] gates(float[] values, int columns) {
    int block = settings.width() * columns;
    float[] ordered = new float[values.length];
    for (int gate = 0; gate < GATES.length; gate++) {
      System.arraycopy(values, GATES[gate] * block, ordered, gate * block, block);
    }
    return ordered;
  }
}
