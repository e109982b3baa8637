package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A network that foretells what normal traffic does next. What an attack does may be harder to
 * foretell or easier, so neither a large error nor a small one is suspicious by itself: the score
 * is how rare a flow's errors are among those of normal flows, by a density that is fitted once the
 * weights are.
 */
public abstract class Forecast implements Network {
  private static final int BATCH = 256;

  /** Most flows to which the density is fitted. */
  private static final int MOST = 20_000;

  private final String name;
  private final InputLayout layout;
  private final int components;
  private final long seed;
  private final Parameters parameters;
  private Optional<GaussianMixture> density = Optional.empty();

  Forecast(String name, InputLayout layout, int components, long seed) {
    this.name = name;
    this.layout = layout;
    this.components = components;
    this.seed = seed;
    parameters = new Parameters(seed);
  }

  /**
   * What the density looks at: a flow's errors and where it came from.
   *
   * @param rows raw rows, (N, width)
   * @return (N, D)
   */
  abstract Tensor summary(Tensor rows);

  /** The same in a graph. */
  abstract String summary(OnnxGraph graph, String rows);

  @Override
  public final InputLayout layout() {
    return layout;
  }

  @Override
  public final Parameters parameters() {
    return parameters;
  }

  /**
   * Learns which errors are usual; to be called once the weights are fitted.
   *
   * @param rows raw rows of normal flows
   */
  public final void conclude(float[] rows) {
    int count = Math.min(MOST, rows.length / width());
    float[] points = new float[0];
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(count, from + BATCH);
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        float[] batch = Arrays.copyOfRange(rows, from * width(), to * width());
        float[] some = Tensors.values(summary(Tensors.of(batch, to - from, width())));
        int size = some.length / (to - from);
        points = points.length == 0 ? new float[count * size] : points;
        System.arraycopy(some, 0, points, from * size, some.length);
      }
    }
    density = Optional.of(GaussianMixture.fit(points, points.length / count, components, seed));
  }

  private GaussianMixture density() {
    return density.orElseThrow(
        () -> new IllegalStateException("a forecast scores only after its conclusion"));
  }

  @Override
  public final Tensor score(Tensor rows) {
    return density().distance(summary(rows));
  }

  @Override
  public final Tensor classes(Tensor rows) {
    return rows.narrow(1, 0, 0);
  }

  @Override
  public final byte[] export(SortedMap<String, String> metadata) {
    OnnxGraph graph = new OnnxGraph(name);
    graph.output("score", density().distance(graph, summary(graph, graph.rows(layout))));
    return graph.build(metadata);
  }
}
