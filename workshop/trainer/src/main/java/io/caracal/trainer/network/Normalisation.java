package io.caracal.trainer.network;

import io.caracal.trainer.onnx.OnnxGraph;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Signed logarithm, standardisation and clipping per column: {@code clip((sign(x) log(1 + |x| /
 * scale) - mean) / deviation)}. The scale is small against the column's usual values whatever its
 * unit, so that heavy tails are tamed and small differences between small values survive.
 */
public final class Normalisation {
  /** Columns that hardly vary in training must not explode when they do. */
  private static final double LEAST_DEVIATION = 0.1;

  private static final double SMALL = 0.1;
  private static final double LARGE = 0.99;

  /** A column whose large values are fewer times its small ones needs no logarithm. */
  private static final float HEAVY_TAIL = 20;

  private final float[] inverseScale;
  private final float[] mean;
  private final float[] inverseDeviation;
  private final float clip;

  private Normalisation(int columns, float clip) {
    inverseScale = new float[columns];
    mean = new float[columns];
    inverseDeviation = new float[columns];
    this.clip = clip;
  }

  /**
   * Fits to columns.
   *
   * @param columns for each column the values to fit to, possibly none
   * @param clip bound of the result
   * @return the normalisation
   */
  public static Normalisation fit(List<float[]> columns, float clip) {
    Normalisation fitted = new Normalisation(columns.size(), clip);
    for (int c = 0; c < columns.size(); c++) {
      fitted.fitColumn(c, columns.get(c));
    }
    return fitted;
  }

  private void fitColumn(int column, float[] values) {
    float[] sizes = new float[values.length];
    int used = 0;
    for (float value : values) {
      if (value != 0) {
        sizes[used++] = Math.abs(value);
      }
    }
    Arrays.sort(sizes, 0, used);
    float scale = scale(sizes, used);
    inverseScale[column] = 1 / scale;
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      double log = Math.signum(value) * Math.log1p(Math.abs(value) / scale);
      sum += log;
      squares += log * log;
    }
    double n = Math.max(1, values.length);
    double average = sum / n;
    double deviation = Math.sqrt(Math.max(0, squares / n - average * average));
    mean[column] = (float) average;
    inverseDeviation[column] = (float) (1 / Math.max(LEAST_DEVIATION, deviation));
  }

  /** Near the large values the logarithm is almost linear, near the small ones it bites. */
  private static float scale(float[] sorted, int used) {
    if (used == 0) {
      return 1;
    }
    float small = sorted[(int) (SMALL * (used - 1))];
    float large = sorted[(int) (LARGE * (used - 1))];
    return large < HEAVY_TAIL * small ? large : small;
  }

  /** Normalises; {@code shape} makes the columns' constants broadcast over {@code raw}. */
  Tensor apply(Tensor raw, long... shape) {
    Tensor log =
        raw.abs().mul(Tensors.of(inverseScale, shape)).add(Tensors.scalar(1)).log().mul(raw.sign());
    Tensor standard = log.sub(Tensors.of(mean, shape)).mul(Tensors.of(inverseDeviation, shape));
    return standard.clamp_max(Tensors.scalar(clip)).clamp_min(Tensors.scalar(-clip));
  }

  /** The same in a graph. */
  String apply(OnnxGraph graph, String raw, long... shape) {
    String scaled = graph.node("Mul", graph.node("Abs", raw), graph.constant(inverseScale, shape));
    String log = graph.node("Log", graph.node("Add", scaled, graph.constant(1)));
    String signed = graph.node("Mul", log, graph.node("Sign", raw));
    String centred = graph.node("Sub", signed, graph.constant(mean, shape));
    String standard = graph.node("Mul", centred, graph.constant(inverseDeviation, shape));
    return graph.node("Clip", standard, graph.constant(-clip), graph.constant(clip));
  }
}
