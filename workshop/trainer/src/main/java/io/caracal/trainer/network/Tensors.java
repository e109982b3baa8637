package io.caracal.trainer.network;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Small bridges between Java arrays and libtorch tensors. */
final class Tensors {
  private Tensors() {}

  /** A copy of the values that outlives the caller's pointer scope. */
  static Tensor kept(float[] values, long... shape) {
    try (PointerScope _ = new PointerScope()) {
      return of(values, shape).retainReference();
    }
  }

  /** A copy of the values. */
  static Tensor of(float[] values, long... shape) {
    return torch.tensor(values).reshape(shape);
  }

  static float[] values(Tensor tensor) {
    Tensor flat = tensor.detach().contiguous();
    float[] values = new float[Math.toIntExact(flat.numel())];
    flat.data_ptr_float().get(values);
    return values;
  }

  static Scalar scalar(double value) {
    return new Scalar(value);
  }

  static TensorOptional some(Tensor tensor) {
    return new TensorOptional(tensor);
  }
}
