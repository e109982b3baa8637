package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Foretells each packet of a flow from those before it. The density looks at the mean and the
 * largest error of each channel and at the encoder's mean state.
 */
public final class PacketForecast extends Forecast {
  /** Below this an error is no error. */
  private static final double SMALL = 0.01;

  private final PacketColumns packets;
  private final long[] targets;
  private final PacketEncoder encoder;

  /**
   * Hyper-parameters.
   *
   * @param channels the values of a packet that are foretold
   * @param state values of the summary of the encoder's states that the density looks at, too
   * @param components Gaussians of the density
   */
  public record Settings(List<String> channels, int state, int components) {
    /** Copies the list. */
    public Settings {
      channels = List.copyOf(channels);
    }
  }

  /**
   * A network with random weights.
   *
   * @param layout the views
   * @param packets the packets in them
   * @param encoder makes the encoder of the packets
   * @param settings hyper-parameters
   * @param seed of the weights
   */
  public PacketForecast(
      InputLayout layout,
      PacketColumns packets,
      PacketEncoder.Settings encoder,
      Settings settings,
      long seed) {
    super("packet-forecast", layout, settings.components(), seed);
    this.packets = packets;
    targets = settings.channels().stream().mapToLong(packets::channel).toArray();
    this.encoder = encoder.make(parameters(), packets, true);
    parameters().layer("state", settings.state(), this.encoder.width());
    parameters().layer("head", targets.length, settings.state());
  }

  private record Step(Tensor errors, Tensor states, Tensor mask) {}

  private Step step(Tensor rows, boolean training) {
    long later = packets.length() - 1L;
    Tensor mask = packets.mask(rows);
    Tensor values = packets.values(rows);
    Tensor states =
        Layers.dense(parameters(), "state", encoder.encode(values, mask, training)).tanh();
    Tensor next = values.narrow(1, 1, later).index_select(2, torch.tensor(targets));
    Tensor errors = Layers.dense(parameters(), "head", states.narrow(1, 0, later)).sub(next);
    return new Step(errors, states, mask);
  }

  @Override
  public Tensor loss(Tensor rows, long[] ignored, boolean training) {
    Step step = step(rows, training);
    Tensor later = step.mask().narrow(1, 1, packets.length() - 1);
    Tensor sum = Layers.huber(step.errors()).mul(later).sum();
    return sum.div(later.sum().mul(Tensors.scalar(targets.length)).clamp_min(Tensors.scalar(1)));
  }

  @Override
  Tensor summary(Tensor rows) {
    Step step = step(rows, false);
    Tensor later = step.mask().narrow(1, 1, packets.length() - 1);
    Tensor errors = step.errors().abs().mul(later);
    Scalar one = Tensors.scalar(1);
    Tensor mean = errors.sum(1).div(later.sum(1).clamp_min(one));
    Tensor state = step.states().mul(step.mask()).sum(1).div(step.mask().sum(1).clamp_min(one));
    Tensor sizes = torch.cat(new TensorVector(mean, errors.amax(new long[] {1}, false)), 1);
    return torch.cat(new TensorVector(sizes.add(Tensors.scalar(SMALL)).log(), state), 1);
  }

  @Override
  String summary(OnnxGraph graph, String rows) {
    long later = packets.length() - 1L;
    PacketColumns.Nodes sequence = packets.nodes(graph, rows);
    String states =
        graph.node(
            "Tanh",
            Layers.projected(graph, parameters(), "state", encoder.encode(graph, sequence)));
    String next =
        graph.node(
            "Gather",
            List.of(Layers.narrow(graph, sequence.values(), 1, 1, later), graph.integers(targets)),
            node -> node.addAttribute(OnnxGraph.attribute("axis", 2)));
    String foretold =
        Layers.projected(graph, parameters(), "head", Layers.narrow(graph, states, 1, 0, later));
    String mask = Layers.narrow(graph, sequence.mask(), 1, 1, later);
    String errors = graph.node("Mul", graph.node("Abs", graph.node("Sub", foretold, next)), mask);
    String sizes = joined(graph, mean(graph, errors, mask), Layers.max(graph, errors, 1));
    String logs = graph.node("Log", graph.node("Add", sizes, graph.constant((float) SMALL)));
    String known = graph.node("Mul", states, sequence.mask());
    return joined(graph, logs, mean(graph, known, sequence.mask()));
  }

  private static String mean(OnnxGraph graph, String x, String mask) {
    String count = graph.node("Max", Layers.sum(graph, mask, 1), graph.constant(1));
    return graph.node("Div", Layers.sum(graph, x, 1), count);
  }

  private static String joined(OnnxGraph graph, String... parts) {
    return graph.node(
        "Concat", List.of(parts), node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
  }
}
