package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A Transformer encoder (Vaswani et al. 2017) with normalisation before each branch (Xiong et al.
 * 2020) and learned positions. Nothing attends to padding; a causal one attends to the past only.
 */
public final class TransformerEncoder implements PacketEncoder {
  private final Parameters parameters;
  private final Settings settings;
  private final boolean causal;
  private final int length;

  /**
   * Hyper-parameters.
   *
   * @param width values per packet, a multiple of {@code heads}
   * @param heads attention heads
   * @param layers layers
   * @param feedForward width of the dense layer in each
   * @param dropout on every branch, while training
   */
  public record Settings(int width, int heads, int layers, int feedForward, double dropout)
      implements PacketEncoder.Settings {
    /** Checks that the heads share the width evenly. */
    public Settings {
      if (width % heads != 0) {
        throw new IllegalArgumentException("the width must be a multiple of the heads");
      }
    }

    @Override
    public PacketEncoder make(Parameters parameters, PacketColumns packets, boolean causal) {
      return new TransformerEncoder(this, causal, parameters, packets);
    }
  }

  private TransformerEncoder(
      Settings settings, boolean causal, Parameters parameters, PacketColumns packets) {
    this.settings = settings;
    this.causal = causal;
    this.parameters = parameters;
    length = packets.length();
    int width = settings.width();
    parameters.layer(PREFIX + "input", width, packets.channels().size());
    parameters.table(PREFIX + "positions", 0.1, length, width);
    for (int i = 0; i < settings.layers(); i++) {
      parameters.norm(name(i, "attention.norm"), width);
      parameters.layer(name(i, "attention.in"), 3L * width, width);
      parameters.layer(name(i, "attention.out"), width, width);
      parameters.norm(name(i, "dense.norm"), width);
      parameters.layer(name(i, "dense.in"), settings.feedForward(), width);
      parameters.layer(name(i, "dense.out"), width, settings.feedForward());
    }
    parameters.norm(PREFIX + "norm", width);
  }

  private static String name(int layer, String part) {
    return PREFIX + layer + '.' + part;
  }

  @Override
  public int width() {
    return settings.width();
  }

  @Override
  public Tensor encode(Tensor values, Tensor mask, boolean training) {
    Tensor x =
        Layers.dense(parameters, PREFIX + "input", values)
            .add(parameters.table(PREFIX + "positions"));
    Attention attention = new Attention(settings.heads(), causal);
    Tensor bias = attention.bias(mask);
    for (int i = 0; i < settings.layers(); i++) {
      Tensor seen = Layers.norm(parameters, name(i, "attention.norm"), x);
      Tensor mixed = attention.apply(Layers.dense(parameters, name(i, "attention.in"), seen), bias);
      x = x.add(dropped(Layers.dense(parameters, name(i, "attention.out"), mixed), training));
      seen = Layers.norm(parameters, name(i, "dense.norm"), x);
      Tensor hidden = Layers.dense(parameters, name(i, "dense.in"), seen).relu();
      x = x.add(dropped(Layers.dense(parameters, name(i, "dense.out"), hidden), training));
    }
    return Layers.norm(parameters, PREFIX + "norm", x).mul(mask);
  }

  private Tensor dropped(Tensor x, boolean training) {
    return torch.dropout(x, settings.dropout(), training);
  }

  @Override
  public String encode(OnnxGraph graph, PacketColumns.Nodes packets) {
    String positions =
        graph.constant(parameters.values(PREFIX + "positions"), length, settings.width());
    String x = Layers.projected(graph, parameters, PREFIX + "input", packets.values());
    x = graph.node("Add", x, positions);
    Attention attention = new Attention(settings.heads(), causal);
    String bias = attention.bias(graph, packets.mask(), length);
    for (int i = 0; i < settings.layers(); i++) {
      String seen = Layers.norm(graph, parameters, name(i, "attention.norm"), x);
      String split = Layers.projected(graph, parameters, name(i, "attention.in"), seen);
      String mixed = attention.apply(graph, split, bias, length, settings.width());
      x = branch(graph, name(i, "attention.out"), mixed, x);
      seen = Layers.norm(graph, parameters, name(i, "dense.norm"), x);
      String hidden = Layers.projected(graph, parameters, name(i, "dense.in"), seen);
      x = branch(graph, name(i, "dense.out"), graph.node("Relu", hidden), x);
    }
    return graph.node("Mul", Layers.norm(graph, parameters, PREFIX + "norm", x), packets.mask());
  }

  private String branch(OnnxGraph graph, String layer, String branch, String trunk) {
    return graph.node("Add", trunk, Layers.projected(graph, parameters, layer, branch));
  }
}
