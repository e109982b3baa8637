package io.caracal.trainer.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The weights of a network by name, in the order of creation. They are drawn by Java's generator,
 * so that a seed means the same on every platform.
 */
public final class Parameters {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final SplittableRandom random;

  Parameters(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Weights of shape (outputs, inputs...) and a bias, uniform within one over root fan-in. */
  void layer(String name, long outputs, long... inputs) {
    layerWithoutBias(name, outputs, inputs);
    put(name + BIAS, new float[(int) outputs], outputs);
  }

  /** Weights as those of {@link #layer}, alone. */
  void layerWithoutBias(String name, long outputs, long... inputs) {
    long fanIn = Arrays.stream(inputs).reduce(1, Math::multiplyExact);
    double bound = 1 / Math.sqrt((double) fanIn);
    long[] shape = new long[inputs.length + 1];
    shape[0] = outputs;
    System.arraycopy(inputs, 0, shape, 1, inputs.length);
    float[] weights = new float[Math.toIntExact(outputs * fanIn)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-bound, bound);
    }
    put(name + WEIGHT, weights, shape);
  }

  /** Weights of ones and a bias of zeros. */
  void norm(String name, int width) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    put(name + WEIGHT, ones, width);
    put(name + BIAS, new float[width], width);
  }

  /** Values of their own, normally distributed around zero. */
  void table(String name, double deviation, long... shape) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    put(name, values, shape);
  }

  private void put(String name, float[] values, long... shape) {
    Tensor tensor = Tensors.kept(values, shape);
    tensor.set_requires_grad(true);
    tensors.put(name, tensor);
    shapes.put(name, shape);
  }

  Tensor weight(String layer) {
    return tensors.get(layer + WEIGHT);
  }

  Tensor bias(String layer) {
    return tensors.get(layer + BIAS);
  }

  boolean hasBias(String layer) {
    return tensors.containsKey(layer + BIAS);
  }

  Tensor table(String name) {
    return tensors.get(name);
  }

  float[] values(String name) {
    try (PointerScope _ = new PointerScope()) {
      return Tensors.values(tensors.get(name));
    }
  }

  long[] shape(String name) {
    return shapes.get(name).clone();
  }

  /** All tensors, for an optimiser. */
  public TensorVector all() {
    return new TensorVector(tensors.values().toArray(new Tensor[0]));
  }

  /** A copy of all values. */
  public Map<String, float[]> snapshot() {
    Map<String, float[]> copy = new LinkedHashMap<>();
    tensors.keySet().forEach(name -> copy.put(name, values(name)));
    return copy;
  }

  /** Sets the values that a snapshot names to those it gives. */
  public void restore(Map<String, float[]> snapshot) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      snapshot.forEach(
          (name, values) -> tensors.get(name).copy_(Tensors.of(values, shapes.get(name))));
    }
  }
}
