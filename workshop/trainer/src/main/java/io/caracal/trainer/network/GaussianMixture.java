package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * A density of a few Gaussians with full covariances, fitted by expectation and maximisation
 * (Dempster, Laird and Rubin 1977). A point's distance is how much less likely it is than the
 * likeliest point could be: {@code log sum_k c_k - log sum_k c_k exp(-d_k^2 / 2)}, at least 0.
 */
final class GaussianMixture {
  private static final int ITERATIONS = 40;

  /** Added to every variance, so that what is constant in training does not become infinite. */
  private static final double RIDGE = 0.01;

  private final int dimensions;
  private final int components;
  private final double[] weights;
  private final double[] means;
  private final double[] whitening;
  private final double[] logScale;

  private GaussianMixture(int components, int dimensions) {
    this.dimensions = dimensions;
    this.components = components;
    weights = new double[components];
    means = new double[components * dimensions];
    whitening = new double[components * dimensions * dimensions];
    logScale = new double[components];
  }

  /**
   * Fits.
   *
   * @param points one after the other
   * @param dimensions values of a point
   * @param components Gaussians
   * @param seed of their first centres
   */
  static GaussianMixture fit(float[] points, int dimensions, int components, long seed) {
    int count = points.length / dimensions;
    GaussianMixture mixture = new GaussianMixture(components, dimensions);
    double[] shares = new double[count * components];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      shares[i * components + random.nextInt(components)] = 1;
    }
    // All begin as one Gaussian around different points.
    mixture.maximise(points, shares);
    for (int k = 0; k < components; k++) {
      int from = random.nextInt(count) * dimensions;
      for (int d = 0; d < dimensions; d++) {
        mixture.means[k * dimensions + d] = points[from + d];
      }
    }
    for (int i = 0; i < ITERATIONS; i++) {
      mixture.expect(points, shares);
      mixture.maximise(points, shares);
    }
    return mixture;
  }

  private void expect(float[] points, double[] shares) {
    for (int i = 0; i * dimensions < points.length; i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < components; k++) {
        double log = Math.log(weights[k]) + logScale[k] - squared(points, i, k) / 2;
        shares[i * components + k] = log;
        most = Math.max(most, log);
      }
      double sum = 0;
      for (int k = 0; k < components; k++) {
        sum += Math.exp(shares[i * components + k] - most);
      }
      for (int k = 0; k < components; k++) {
        int at = i * components + k;
        shares[at] = Math.exp(shares[at] - most) / sum;
      }
    }
  }

  private double squared(float[] points, int point, int component) {
    double squared = 0;
    for (int row = 0; row < dimensions; row++) {
      double value = 0;
      for (int d = 0; d <= row; d++) {
        value +=
            whitening[(component * dimensions + row) * dimensions + d]
                * (points[point * dimensions + d] - means[component * dimensions + d]);
      }
      squared += value * value;
    }
    return squared;
  }

  private void maximise(float[] points, double[] shares) {
    int count = points.length / dimensions;
    for (int k = 0; k < components; k++) {
      double sum = 1e-6;
      double[] mean = new double[dimensions];
      for (int i = 0; i < count; i++) {
        double share = shares[i * components + k];
        sum += share;
        for (int d = 0; d < dimensions; d++) {
          mean[d] += share * points[i * dimensions + d];
        }
      }
      for (int d = 0; d < dimensions; d++) {
        mean[d] /= sum;
      }
      double[] covariance = new double[dimensions * dimensions];
      for (int i = 0; i < count; i++) {
        double share = shares[i * components + k] / sum;
        for (int row = 0; share > 0 && row < dimensions; row++) {
          double scaled = share * (points[i * dimensions + row] - mean[row]);
          for (int d = 0; d <= row; d++) {
            covariance[row * dimensions + d] += scaled * (points[i * dimensions + d] - mean[d]);
          }
        }
      }
      weights[k] = sum / count;
      System.arraycopy(mean, 0, means, k * dimensions, dimensions);
      logScale[k] = whiten(covariance, whitening, k * dimensions * dimensions);
    }
  }

  /**
   * The inverse of the covariance's Cholesky factor.
   *
   * @return the logarithm of its determinant
   */
  private double whiten(double[] covariance, double[] to, int offset) {
    double[] factor = new double[covariance.length];
    double log = 0;
    for (int row = 0; row < dimensions; row++) {
      for (int column = 0; column <= row; column++) {
        double sum = covariance[row * dimensions + column] + (row == column ? RIDGE : 0);
        for (int d = 0; d < column; d++) {
          sum -= factor[row * dimensions + d] * factor[column * dimensions + d];
        }
        factor[row * dimensions + column] =
            row == column ? Math.sqrt(sum) : sum / factor[column * dimensions + column];
      }
      double diagonal = factor[row * dimensions + row];
      log -= Math.log(diagonal);
      for (int column = 0; column <= row; column++) {
        double sum = row == column ? 1 : 0;
        for (int d = column; d < row; d++) {
          sum -= factor[row * dimensions + d] * to[offset + d * dimensions + column];
        }
        to[offset + row * dimensions + column] = sum / diagonal;
      }
    }
    return log;
  }

  private float[] matrix() {
    float[] matrix = new float[whitening.length];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) whitening[i];
    }
    return matrix;
  }

  private float[] shift() {
    float[] shift = new float[means.length];
    for (int row = 0; row < shift.length; row++) {
      double sum = 0;
      for (int d = 0; d < dimensions; d++) {
        sum -= whitening[row * dimensions + d] * means[row / dimensions * dimensions + d];
      }
      shift[row] = (float) sum;
    }
    return shift;
  }

  /** Logarithms of {@code c_k}, such that the sum of the {@code c_k} is 1. */
  private float[] shares() {
    double[] logs = new double[components];
    for (int k = 0; k < components; k++) {
      logs[k] = Math.log(weights[k]) + logScale[k];
    }
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = Arrays.stream(logs).map(log -> Math.exp(log - most)).sum();
    float[] shares = new float[components];
    for (int k = 0; k < components; k++) {
      shares[k] = (float) (logs[k] - most - Math.log(sum));
    }
    return shares;
  }

  /** Distances of points, (N, dimensions) to (N). */
  Tensor distance(Tensor x) {
    Tensor white =
        x.matmul(Tensors.of(matrix(), (long) components * dimensions, dimensions).transpose(0, 1))
            .add(Tensors.of(shift(), 1, (long) components * dimensions));
    Tensor squares = white.reshape(-1, components, dimensions).square().sum(2);
    return Tensors.of(shares(), 1, components)
        .sub(squares.mul(Tensors.scalar(0.5)))
        .logsumexp(1)
        .neg()
        .clamp_min(Tensors.scalar(0));
  }

  /** The same in a graph. */
  String distance(OnnxGraph graph, String x) {
    String white =
        graph.node(
            "Gemm",
            List.of(
                x,
                graph.constant(matrix(), (long) components * dimensions, dimensions),
                graph.constant(shift(), (long) components * dimensions)),
            node -> node.addAttribute(OnnxGraph.attribute("transB", 1)));
    String apart = graph.node("Reshape", white, graph.integers(-1, components, dimensions));
    String squares = Layers.sum(graph, graph.node("Mul", apart, apart), 2);
    String logs =
        graph.node(
            "Sub",
            graph.constant(shares(), 1, components),
            graph.node("Mul", squares, graph.constant(0.5f)));
    String sum =
        graph.node(
            "ReduceLogSumExp",
            List.of(logs),
            node ->
                node.addAttribute(OnnxGraph.attribute("axes", new long[] {1}))
                    .addAttribute(OnnxGraph.attribute("keepdims", 0)));
    return graph.node("Relu", graph.node("Neg", sum));
  }
}
