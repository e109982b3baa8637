package io.caracal.trainer.network;

/**
 * The operations that networks of flat views are made of, whatever stands for a batch: a libtorch
 * tensor in training, the name of a value in an ONNX graph for the sensor. What is written once in
 * these operations cannot differ between the two. Values broadcast as NumPy's do.
 *
 * @param <V> what stands for a batch of float32 values, the rows first
 */
interface Operations<V> {
  /** Slope of {@link #leaky} below zero. */
  double SLOPE = 0.1;

  /** A layer of weights: (N, inputs) to (N, outputs), plus its bias if it has one. */
  V dense(String layer, V x);

  /** {@code x}, times {@link #SLOPE} below zero: not bounded on either side. */
  V leaky(V x);

  /** A constant; no dimensions mean a scalar. */
  V constant(float[] values, long... shape);

  /** {@code a + b}. */
  V add(V a, V b);

  /** {@code a - b}. */
  V subtract(V a, V b);

  /** {@code a * b}. */
  V multiply(V a, V b);

  /** {@code e^x}. */
  V exp(V x);

  /** {@code log(x)}. */
  V log(V x);

  /** {@code |x|}. */
  V abs(V x);

  /** The mean over the last axis, which goes away. */
  V mean(V x);

  /** The least value along the last axis, which goes away. */
  V least(V x);

  /** (N, d) to (N, 1, d). */
  V raised(V x);

  /** So many columns from one on: (N, d) to (N, count). */
  V columns(V x, long first, long count);

  /** The same values in rows of another width: (N, d) to (N d / width, width). */
  V folded(V x, long width);

  /** The mean of every so many rows: (N, width) to (N / rows, width). */
  V averaged(V x, long rows, long width);

  /** {@code x * factor}. */
  default V scale(V x, double factor) {
    return multiply(x, constant(new float[] {(float) factor}));
  }

  /** {@code x + term}. */
  default V shift(V x, double term) {
    return add(x, constant(new float[] {(float) term}));
  }

  /** {@code x * x}. */
  default V square(V x) {
    return multiply(x, x);
  }
}
