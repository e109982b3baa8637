package io.caracal.trainer.network;

import java.util.Arrays;
import java.util.Random;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A one-class support vector machine with a Gaussian kernel (Schölkopf et al. 2001), solved by
 * LIBSVM on a sample of benign flows. The score is the negative logarithm of the kernel's weighted
 * mean over the support vectors, which goes on to grow where the decision function has become flat.
 * Nothing is learnt by gradients; {@link #prepare} computes it.
 */
public final class OneClassSvm extends FlatNetwork {
  /** What the mean is at least: its logarithm must be finite. */
  private static final double FLOOR = 1e-30;

  private static final int CACHE_MEGABYTES = 200;
  private static final double TOLERANCE = 1e-3;

  private final Settings settings;
  private final long seed;
  private float[] weights = {1};

  /**
   * Hyper-parameters.
   *
   * @param flows benign flows that it is fitted to: its time grows with their square
   * @param nu bound of the share of them that lie outside
   * @param gamma of the kernel, times the number of columns
   */
  public record Settings(int flows, double nu, double gamma) {}

  /**
   * A machine without support vectors, until it is prepared.
   *
   * @param input the columns
   * @param settings hyper-parameters
   * @param seed of the sample
   */
  public OneClassSvm(FlatInput input, Settings settings, long seed) {
    super("one-class-svm", input, seed);
    this.settings = settings;
    this.seed = seed;
    parameters().layer("vectors", 1, columns());
  }

  @Override
  public void prepare(float[] train) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      svm_model model = solve(Tensors.values(normalised(train)));
      int count = model.SV.length;
      float[] vectors = new float[count * columns()];
      float[] squares = new float[count];
      double sum = Arrays.stream(model.sv_coef[0]).sum();
      weights = new float[count];
      for (int v = 0; v < count; v++) {
        // exp(-g |x - s|^2) is exp(-(g |x|^2 + (-2 g s) x + g |s|^2)): a dense layer and a square.
        for (int c = 0; c < columns(); c++) {
          double value = model.SV[v][c].value;
          vectors[v * columns() + c] = (float) (-2 * gamma() * value);
          squares[v] += (float) (gamma() * value * value);
        }
        weights[v] = (float) (count * model.sv_coef[0][v] / sum);
      }
      parameters().layer("vectors", count, columns());
      parameters().weight("vectors").copy_(Tensors.of(vectors, count, columns()));
      parameters().bias("vectors").copy_(Tensors.of(squares, count));
    }
  }

  private double gamma() {
    return settings.gamma() / columns();
  }

  private svm_model solve(float[] rows) {
    int all = rows.length / columns();
    int[] order =
        new Random(seed).ints(0, all).distinct().limit(Math.min(all, settings.flows())).toArray();
    svm_problem problem = new svm_problem();
    problem.l = order.length;
    problem.y = new double[problem.l];
    problem.x = new svm_node[problem.l][columns()];
    for (int i = 0; i < problem.l; i++) {
      for (int c = 0; c < columns(); c++) {
        svm_node node = new svm_node();
        node.index = c + 1;
        node.value = rows[order[i] * columns() + c];
        problem.x[i][c] = node;
      }
    }
    svm_parameter parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.ONE_CLASS;
    parameter.kernel_type = svm_parameter.RBF;
    parameter.gamma = gamma();
    parameter.nu = settings.nu();
    parameter.cache_size = CACHE_MEGABYTES;
    parameter.eps = TOLERANCE;
    parameter.shrinking = 1;
    svm.svm_set_print_string_function(text -> {});
    return svm.svm_train(problem, parameter);
  }

  @Override
  <V> V score(Operations<V> on, V x) {
    V own = on.raised(on.scale(on.mean(on.square(x)), settings.gamma()));
    V kernel = on.exp(on.scale(on.add(on.dense("vectors", x), own), -1));
    V mean = on.mean(on.multiply(kernel, on.constant(weights, 1, weights.length)));
    // A little less, so that rounding makes no distance negative.
    return on.scale(on.log(on.shift(on.scale(mean, 1 - 1e-5), FLOOR)), -1);
  }

  @Override
  Tensor loss(TorchOperations on, Tensor x, boolean training) {
    return score(on, x).mean();
  }
}
