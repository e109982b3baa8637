package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.List;
import java.util.SortedMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolutional network over a packet sequence of shape (length, channels). Padding stays zero
 * through every layer, and the mean over time counts packets only. Class 0 is benign; the score is
 * the probability of all others together.
 */
public final class Cnn1d implements Network {
  private static final int POOL = 2;

  private final InputLayout layout;
  private final int length;
  private final int channels;
  private final int maskChannel;
  private final Normalisation normalisation;
  private final Settings settings;
  private final int classes;
  private final Parameters parameters;

  /**
   * Hyper-parameters.
   *
   * @param filters filters of the three convolutions; time is halved before the third
   * @param kernels their odd lengths
   * @param hidden width of the dense layer
   * @param dropout before and behind the dense layer, while training
   * @param labelSmoothing share of the target spread over all classes
   */
  public record Settings(
      List<Integer> filters,
      List<Integer> kernels,
      int hidden,
      double dropout,
      double labelSmoothing) {
    /** Copies the lists and checks them. */
    public Settings {
      filters = List.copyOf(filters);
      kernels = List.copyOf(kernels);
      if (filters.size() != 3 || kernels.size() != 3) {
        throw new IllegalArgumentException("cnn1d needs three filters and three kernels");
      }
      if (kernels.stream().anyMatch(kernel -> kernel % 2 == 0)) {
        throw new IllegalArgumentException("cnn1d needs odd kernels");
      }
    }
  }

  /**
   * A network with random weights.
   *
   * @param layout one view of shape (packets, values per packet)
   * @param maskChannel the channel that is not 0 exactly where there is a packet
   * @param normalisation one entry per channel
   * @param settings hyper-parameters
   * @param attackClasses classes besides benign
   * @param seed of the weights
   */
  public Cnn1d(
      InputLayout layout,
      int maskChannel,
      Normalisation normalisation,
      Settings settings,
      int attackClasses,
      long seed) {
    this.layout = layout;
    InputLayout.Input packets = layout.inputs().getFirst();
    length = packets.shape().get(0);
    channels = packets.shape().get(1);
    this.maskChannel = maskChannel;
    this.normalisation = normalisation;
    this.settings = settings;
    classes = attackClasses + 1;
    parameters = new Parameters(seed);
    int from = channels;
    for (int i = 0; i < settings.filters().size(); i++) {
      parameters.layer("conv" + i, settings.filters().get(i), from, settings.kernels().get(i));
      from = settings.filters().get(i);
    }
    parameters.layer("hidden", settings.hidden(), 2L * from);
    parameters.layer("logits", classes, settings.hidden());
  }

  @Override
  public InputLayout layout() {
    return layout;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public Tensor loss(Tensor rows, long[] targets, boolean training) {
    double smoothing = training ? settings.labelSmoothing() : 0;
    return torch.cross_entropy_loss(
        logits(rows, training), torch.tensor(targets), new TensorOptional(), 1, -100, smoothing);
  }

  @Override
  public Tensor score(Tensor rows) {
    return classes(rows).sum(1).clamp_max(Tensors.scalar(1));
  }

  @Override
  public Tensor classes(Tensor rows) {
    return logits(rows, false).softmax(1).narrow(1, 1, classes - 1);
  }

  private Tensor logits(Tensor rows, boolean training) {
    Tensor raw = rows.reshape(-1, length, channels).transpose(1, 2);
    Tensor mask = raw.narrow(1, maskChannel, 1).abs().sign();
    Tensor x = normalisation.apply(raw, 1, channels, 1).mul(mask);
    x = Layers.convolution(parameters, "conv0", x).relu().mul(mask);
    x = Layers.convolution(parameters, "conv1", x).relu().mul(mask);
    x = torch.max_pool1d(x, POOL);
    Tensor pooled = torch.max_pool1d(mask, POOL);
    x = Layers.convolution(parameters, "conv2", x).relu().mul(pooled);
    Tensor count = pooled.sum(2).clamp_min(Tensors.scalar(1));
    Tensor both =
        torch.cat(new TensorVector(x.sum(2).div(count), x.amax(new long[] {2}, false)), 1);
    Tensor hidden =
        Layers.dense(parameters, "hidden", torch.dropout(both, settings.dropout(), training))
            .relu();
    return Layers.dense(parameters, "logits", torch.dropout(hidden, settings.dropout(), training));
  }

  @Override
  public byte[] export(SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph("cnn1d");
    String rows = graph.inputs(layout).getFirst();
    String raw =
        graph.node(
            "Transpose",
            List.of(rows),
            node -> node.addAttribute(OnnxGraph.attribute("perm", new long[] {0, 2, 1})));
    String wide = graph.node("Unsqueeze", raw, graph.integers(2));
    String mask = mask(graph, wide);
    String x = normalisation.apply(graph, wide, 1, channels, 1, 1);
    x = masked(graph, x, mask);
    x = masked(graph, convolved(graph, "conv0", x), mask);
    x = masked(graph, convolved(graph, "conv1", x), mask);
    x = halved(graph, x);
    String pooled = halved(graph, mask);
    x = masked(graph, convolved(graph, "conv2", x), pooled);
    String count = graph.node("Max", overTime(graph, "ReduceSum", pooled), graph.constant(1));
    String mean = graph.node("Div", overTime(graph, "ReduceSum", x), count);
    String both =
        graph.node(
            "Concat",
            List.of(mean, overTime(graph, "ReduceMax", x)),
            node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    String hidden = graph.node("Relu", Layers.dense(graph, parameters, "hidden", both));
    String logits = Layers.dense(graph, parameters, "logits", hidden);
    outputs(graph, logits);
    return graph.build(metadata);
  }

  private void outputs(OnnxGraph graph, String logits) {
    String probabilities =
        graph.node(
            "Softmax", List.of(logits), node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    String attacks =
        graph.node(
            "Slice", probabilities, graph.integers(1), graph.integers(classes), graph.integers(1));
    String sum =
        graph.node(
            "ReduceSum",
            List.of(attacks, graph.integers(1)),
            node -> node.addAttribute(OnnxGraph.attribute("keepdims", 0)));
    graph.output("score", graph.node("Min", sum, graph.constant(1)));
    graph.output("classes", attacks, classes - 1);
  }

  private String mask(OnnxGraph graph, String wide) {
    String channel =
        graph.node(
            "Slice",
            wide,
            graph.integers(maskChannel),
            graph.integers(maskChannel + 1),
            graph.integers(1));
    return graph.node("Sign", graph.node("Abs", channel));
  }

  private String convolved(OnnxGraph graph, String layer, String x) {
    return graph.node("Relu", Layers.convolution(graph, parameters, layer, x));
  }

  private static String masked(OnnxGraph graph, String x, String mask) {
    return graph.node("Mul", x, mask);
  }

  private static String halved(OnnxGraph graph, String x) {
    return graph.node(
        "MaxPool",
        List.of(x),
        node ->
            node.addAttribute(OnnxGraph.attribute("kernel_shape", new long[] {1, POOL}))
                .addAttribute(OnnxGraph.attribute("strides", new long[] {1, POOL})));
  }

  /** Reduces (N, C, 1, T) to (N, C). */
  private static String overTime(OnnxGraph graph, String reduction, String x) {
    if (reduction.equals("ReduceSum")) {
      return graph.node(
          reduction,
          List.of(x, graph.integers(2, 3)),
          node -> node.addAttribute(OnnxGraph.attribute("keepdims", 0)));
    }
    return graph.node(
        reduction,
        List.of(x),
        node ->
            node.addAttribute(OnnxGraph.attribute("axes", new long[] {2, 3}))
                .addAttribute(OnnxGraph.attribute("keepdims", 0)));
  }
}
