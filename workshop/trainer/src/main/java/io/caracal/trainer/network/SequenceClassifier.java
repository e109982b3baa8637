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
 * A classifier of flows by their packets and, if there are any, flat columns: the mean and the
 * largest of what an encoder makes of the packets, joined with a dense layer over the columns.
 * Class 0 is benign; the score is the probability of all others together.
 */
public final class SequenceClassifier implements Network {
  private final InputLayout layout;
  private final PacketColumns packets;
  private final FlatColumns flat;
  private final Settings settings;
  private final int classes;
  private final Parameters parameters;
  private final PacketEncoder encoder;

  /**
   * Hyper-parameters.
   *
   * @param flat width of the dense layer over the flat columns
   * @param hidden width of the dense layer over everything
   * @param dropout before and behind that layer, while training
   * @param labelSmoothing share of the target spread over all classes
   * @param noise standard deviation of noise on normalised flat columns, while training
   * @param hideColumns share of flat columns hidden, while training
   * @param hideFlat share of flows whose flat columns are all hidden, while training
   */
  public record Settings(
      int flat,
      int hidden,
      double dropout,
      double labelSmoothing,
      double noise,
      double hideColumns,
      double hideFlat) {}

  /**
   * A network with random weights.
   *
   * @param layout the views
   * @param packets the packets in them
   * @param flat the flat columns that it reads, possibly none
   * @param encoder makes the encoder of the packets
   * @param settings hyper-parameters
   * @param attackClasses classes besides benign
   * @param seed of the weights
   */
  public SequenceClassifier(
      InputLayout layout,
      PacketColumns packets,
      FlatColumns flat,
      PacketEncoder.Settings encoder,
      Settings settings,
      int attackClasses,
      long seed) {
    this.layout = layout;
    this.packets = packets;
    this.flat = flat;
    this.settings = settings;
    classes = attackClasses + 1;
    parameters = new Parameters(seed);
    this.encoder = encoder.make(parameters, packets, false);
    int joined = 2 * this.encoder.width();
    if (flat.width() > 0) {
      parameters.layer("flat", settings.flat(), flat.width());
      joined += settings.flat();
    }
    parameters.layer("hidden", settings.hidden(), joined);
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
    Tensor mask = packets.mask(rows);
    Tensor encoded = encoder.encode(packets.values(rows), mask, training);
    Tensor count = mask.sum(1).clamp_min(Tensors.scalar(1));
    TensorVector parts =
        new TensorVector(encoded.sum(1).div(count), encoded.amax(new long[] {1}, false));
    if (flat.width() > 0) {
      Tensor columns = flat.values(rows);
      parts.push_back(
          Layers.dense(parameters, "flat", training ? varied(columns) : columns).relu());
    }
    Tensor joined = torch.dropout(torch.cat(parts, 1), settings.dropout(), training);
    Tensor hidden = Layers.dense(parameters, "hidden", joined).relu();
    return Layers.dense(parameters, "logits", torch.dropout(hidden, settings.dropout(), training));
  }

  /** Levels of another network, columns that say nothing there, or none at all. */
  private Tensor varied(Tensor columns) {
    Tensor noisy = columns.add(torch.randn_like(columns).mul(Tensors.scalar(settings.noise())));
    Tensor kept = torch.bernoulli(torch.ones_like(columns), 1 - settings.hideColumns());
    Tensor all = torch.bernoulli(torch.ones_like(columns.narrow(1, 0, 1)), 1 - settings.hideFlat());
    return noisy.mul(kept).mul(all);
  }

  @Override
  public byte[] export(SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph("packet-classifier");
    String rows = graph.rows(layout);
    PacketColumns.Nodes sequence = packets.nodes(graph, rows);
    String encoded = encoder.encode(graph, sequence);
    String count = graph.node("Max", Layers.sum(graph, sequence.mask(), 1), graph.constant(1));
    String mean = graph.node("Div", Layers.sum(graph, encoded, 1), count);
    List<String> parts = List.of(mean, Layers.max(graph, encoded, 1));
    if (flat.width() > 0) {
      String columns = Layers.dense(graph, parameters, "flat", flat.node(graph, rows));
      parts = List.of(parts.get(0), parts.get(1), graph.node("Relu", columns));
    }
    String joined =
        graph.node("Concat", parts, node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    String hidden = graph.node("Relu", Layers.dense(graph, parameters, "hidden", joined));
    Layers.classes(graph, Layers.dense(graph, parameters, "logits", hidden), classes);
    return graph.build(metadata);
  }
}
