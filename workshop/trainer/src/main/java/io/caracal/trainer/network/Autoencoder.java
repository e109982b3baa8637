package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A denoising autoencoder over selected columns of flat views. The score is the mean squared
 * residual of the normalised columns: how badly what it learned of normal traffic describes a flow.
 */
public final class Autoencoder implements Network {
  private final InputLayout layout;
  private final int[] columns;
  private final Normalisation normalisation;
  private final Settings settings;
  private final Parameters parameters;
  private final int layers;

  /**
   * Hyper-parameters.
   *
   * @param hidden widths of the encoder's layers, the last is the code; the decoder mirrors them
   * @param noise standard deviation of noise on the normalised input while training
   * @param dropout share of input columns hidden while training
   */
  public record Settings(List<Integer> hidden, double noise, double dropout) {
    /** Copies the list. */
    public Settings {
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * A network with random weights.
   *
   * @param layout the views
   * @param columns indices in the raw row of the columns it reads
   * @param normalisation one entry per column it reads
   * @param settings hyper-parameters
   * @param seed of the weights
   */
  public Autoencoder(
      InputLayout layout,
      int[] columns,
      Normalisation normalisation,
      Settings settings,
      long seed) {
    this.layout = layout;
    this.columns = columns.clone();
    this.normalisation = normalisation;
    this.settings = settings;
    parameters = new Parameters(seed);
    int depth = settings.hidden().size();
    int from = columns.length;
    for (int layer = 0; layer < 2 * depth; layer++) {
      int mirrored = 2 * depth - 2 - layer;
      int to =
          layer < depth
              ? settings.hidden().get(layer)
              : mirrored >= 0 ? settings.hidden().get(mirrored) : columns.length;
      parameters.layer("dense" + layer, to, from);
      from = to;
    }
    layers = 2 * depth;
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
    Tensor clean = normalised(rows);
    Tensor seen = clean;
    if (training) {
      Tensor noise = torch.randn_like(clean).mul(Tensors.scalar(settings.noise()));
      // Dropout scales what it keeps; undone, since the columns keep their meaning here.
      seen =
          torch
              .dropout(clean.add(noise), settings.dropout(), true)
              .mul(Tensors.scalar(1 - settings.dropout()));
    }
    return residuals(clean, seen).mean();
  }

  @Override
  public Tensor score(Tensor rows) {
    Tensor clean = normalised(rows);
    return residuals(clean, clean);
  }

  @Override
  public Tensor classes(Tensor rows) {
    return rows.narrow(1, 0, 0);
  }

  private Tensor normalised(Tensor rows) {
    long[] index = Arrays.stream(columns).asLongStream().toArray();
    return normalisation.apply(rows.index_select(1, torch.tensor(index)), 1, columns.length);
  }

  private Tensor residuals(Tensor target, Tensor seen) {
    Tensor x = seen;
    for (int layer = 0; layer < layers; layer++) {
      x = Layers.dense(parameters, "dense" + layer, x);
      x = layer == layers - 1 ? x : x.relu();
    }
    return x.sub(target).square().mean(1);
  }

  @Override
  public byte[] export(SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph("autoencoder");
    String raw = graph.rows(layout);
    String selected =
        graph.node(
            "Gather",
            List.of(raw, graph.integers(Arrays.stream(columns).asLongStream().toArray())),
            node -> node.addAttribute(OnnxGraph.attribute("axis", 1)));
    String clean = normalisation.apply(graph, selected, 1, columns.length);
    String x = clean;
    for (int layer = 0; layer < layers; layer++) {
      x = Layers.dense(graph, parameters, "dense" + layer, x);
      x = layer == layers - 1 ? x : graph.node("Relu", x);
    }
    String residual = graph.node("Sub", x, clean);
    String score =
        graph.node(
            "ReduceMean",
            List.of(graph.node("Mul", residual, residual)),
            node ->
                node.addAttribute(OnnxGraph.attribute("axes", new long[] {1}))
                    .addAttribute(OnnxGraph.attribute("keepdims", 0)));
    graph.output("score", score);
    return graph.build(metadata);
  }
}
