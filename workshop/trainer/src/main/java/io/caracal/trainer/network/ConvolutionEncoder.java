package io.caracal.trainer.network;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.onnx.OnnxGraph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Convolutions along the sequence, each reaching twice as far as the one before. Padding stays zero
 * through every layer.
 */
public final class ConvolutionEncoder implements PacketEncoder {
  private final Parameters parameters;
  private final Settings settings;

  /**
   * Hyper-parameters.
   *
   * @param filters filters of each convolution
   * @param kernels their odd lengths
   */
  public record Settings(List<Integer> filters, List<Integer> kernels)
      implements PacketEncoder.Settings {
    /** Copies the lists and checks them. */
    public Settings {
      filters = List.copyOf(filters);
      kernels = List.copyOf(kernels);
      if (filters.isEmpty() || filters.size() != kernels.size()) {
        throw new IllegalArgumentException("the encoder needs as many kernels as filters");
      }
      if (kernels.stream().anyMatch(kernel -> kernel % 2 == 0)) {
        throw new IllegalArgumentException("the encoder needs odd kernels");
      }
    }

    @Override
    public PacketEncoder make(Parameters parameters, PacketColumns packets, boolean causal) {
      if (causal) {
        throw new TrainerException(
            "convolutions see what comes next: forecast with an lstm or a transformer");
      }
      return new ConvolutionEncoder(this, parameters, packets);
    }
  }

  private ConvolutionEncoder(Settings settings, Parameters parameters, PacketColumns packets) {
    this.settings = settings;
    this.parameters = parameters;
    int from = packets.channels().size();
    for (int i = 0; i < settings.filters().size(); i++) {
      parameters.layer(name(i), settings.filters().get(i), from, settings.kernels().get(i));
      from = settings.filters().get(i);
    }
  }

  private static String name(int layer) {
    return PREFIX + "convolution" + layer;
  }

  @Override
  public int width() {
    return settings.filters().getLast();
  }

  @Override
  public Tensor encode(Tensor values, Tensor mask, boolean training) {
    Tensor along = mask.transpose(1, 2);
    Tensor x = values.transpose(1, 2);
    for (int i = 0; i < settings.filters().size(); i++) {
      x = Layers.convolution(parameters, name(i), 1L << i, x).relu().mul(along);
    }
    return x.transpose(1, 2);
  }

  @Override
  public String encode(OnnxGraph graph, PacketColumns.Nodes packets) {
    String mask = wide(graph, packets.mask());
    String x = wide(graph, packets.values());
    for (int i = 0; i < settings.filters().size(); i++) {
      String y = graph.node("Relu", Layers.convolution(graph, parameters, name(i), 1L << i, x));
      x = graph.node("Mul", y, mask);
    }
    return Layers.transposed(graph, graph.node("Squeeze", x, graph.integers(2)), 0, 2, 1);
  }

  /** (N, T, C) to (N, C, 1, T). */
  private static String wide(OnnxGraph graph, String x) {
    return graph.node("Unsqueeze", Layers.transposed(graph, x, 0, 2, 1), graph.integers(2));
  }
}
