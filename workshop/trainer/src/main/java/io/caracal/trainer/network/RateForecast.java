package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Foretells a host's present rates from its past ones by a linear map of their trend and one of
 * what is left of them (DLinear, Zeng et al. 2023): the honest baseline of every deeper forecast.
 * The trend is the mean of the older points of a series. The density looks at the errors and at the
 * oldest rates.
 */
public final class RateForecast extends Forecast {
  private final RateSeries rates;
  private final List<Integer> foretold;
  private final float[] older;
  private final float[] means;

  /**
   * Hyper-parameters().
   *
   * @param series for each series its columns {@code VIEW/COLUMN_SECONDSs}, slowest first
   * @param components Gaussians of the density
   */
  public record Settings(List<List<String>> series, int components) {
    /** Copies the lists. */
    public Settings {
      series = series.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A network with random weights.
   *
   * @param layout the views
   * @param settings hyper-parameters
   * @param seed of the weights
   */
  public RateForecast(InputLayout layout, Settings settings, long seed) {
    super("rate-forecast", layout, settings.components(), seed);
    rates = new RateSeries(layout, settings.series());
    foretold = rates.foretold();
    parameters().layer("trend", foretold.size(), 1);
    parameters().layer("rest", foretold.size(), rates.width());
    older = new float[foretold.size() * rates.width()];
    means = new float[older.length];
    for (int row = 0; row < foretold.size(); row++) {
      int target = foretold.get(row);
      int first = target;
      while (first > 0 && rates.series(first - 1) == rates.series(target)) {
        first--;
      }
      for (int point = first; point < target; point++) {
        older[row * rates.width() + point] = 1;
        means[row * rates.width() + point] = 1f / (target - first);
      }
    }
  }

  private Tensor errors(Tensor values) {
    long count = foretold.size();
    Tensor trend = values.matmul(Tensors.of(means, count, rates.width()).transpose(0, 1));
    Tensor weights = parameters().weight("rest").mul(Tensors.of(older, count, rates.width()));
    Tensor rest = values.matmul(weights.transpose(0, 1)).sub(trend.mul(weights.sum(1)));
    Tensor guess = trend.mul(parameters().weight("trend").reshape(1, count)).add(rest);
    return guess.add(parameters().bias("rest")).sub(selected(values, foretold));
  }

  private static Tensor selected(Tensor values, List<Integer> points) {
    return values.index_select(
        1, torch.tensor(points.stream().mapToLong(Integer::longValue).toArray()));
  }

  private List<Integer> oldest() {
    return IntStream.range(0, rates.width())
        .boxed()
        .filter(point -> !foretold.contains(point))
        .toList();
  }

  @Override
  public Tensor loss(Tensor rows, long[] ignored, boolean training) {
    return Layers.huber(errors(rates.values(rows))).mean();
  }

  @Override
  Tensor summary(Tensor rows) {
    Tensor values = rates.values(rows);
    return torch.cat(new TensorVector(errors(values), selected(values, oldest())), 1);
  }

  /** One matrix does it all: errors, then the oldest points. */
  private float[] matrix() {
    int width = rates.width();
    float[] trend = parameters().values("trend.weight");
    float[] rest = parameters().values("rest.weight");
    List<Integer> oldest = oldest();
    float[] matrix = new float[(foretold.size() + oldest.size()) * width];
    for (int row = 0; row < foretold.size(); row++) {
      float sum = 0;
      for (int point = 0; point < width; point++) {
        sum += rest[row * width + point] * older[row * width + point];
      }
      for (int point = 0; point < width; point++) {
        int at = row * width + point;
        matrix[at] = rest[at] * older[at] + (trend[row] - sum) * means[at];
      }
      matrix[row * width + foretold.get(row)] -= 1;
    }
    for (int i = 0; i < oldest.size(); i++) {
      matrix[(foretold.size() + i) * width + oldest.get(i)] = 1;
    }
    return matrix;
  }

  @Override
  String summary(OnnxGraph graph, String rows) {
    float[] matrix = matrix();
    int size = matrix.length / rates.width();
    return graph.node(
        "Gemm",
        List.of(
            rates.node(graph, rows),
            graph.constant(matrix, size, rates.width()),
            graph.constant(Arrays.copyOf(parameters().values("rest.bias"), size), size)),
        node -> node.addAttribute(OnnxGraph.attribute("transB", 1)));
  }
}
