package io.caracal.trainer.network;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** On libtorch tensors, which carry gradients. */
final class TorchOperations implements Operations<Tensor> {
  private final Parameters parameters;
  private final boolean frozen;

  /** With weights that learn. */
  TorchOperations(Parameters parameters) {
    this(parameters, false);
  }

  private TorchOperations(Parameters parameters, boolean frozen) {
    this.parameters = parameters;
    this.frozen = frozen;
  }

  /** With the same weights, that get no gradient: only what is put in does. */
  TorchOperations frozen() {
    return new TorchOperations(parameters, true);
  }

  @Override
  public Tensor dense(String layer, Tensor x) {
    return torch.linear(
        x,
        held(parameters.weight(layer)),
        parameters.hasBias(layer)
            ? Tensors.some(held(parameters.bias(layer)))
            : new TensorOptional());
  }

  private Tensor held(Tensor weights) {
    return frozen ? weights.detach() : weights;
  }

  @Override
  public Tensor leaky(Tensor x) {
    return torch.leaky_relu(x, Tensors.scalar(SLOPE));
  }

  @Override
  public Tensor constant(float[] values, long... shape) {
    return Tensors.of(values, shape);
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return a.add(b);
  }

  @Override
  public Tensor subtract(Tensor a, Tensor b) {
    return a.sub(b);
  }

  @Override
  public Tensor multiply(Tensor a, Tensor b) {
    return a.mul(b);
  }

  @Override
  public Tensor exp(Tensor x) {
    return x.exp();
  }

  @Override
  public Tensor log(Tensor x) {
    return x.log();
  }

  @Override
  public Tensor abs(Tensor x) {
    return x.abs();
  }

  @Override
  public Tensor mean(Tensor x) {
    return x.mean(-1);
  }

  @Override
  public Tensor least(Tensor x) {
    return x.amin(new long[] {-1}, false);
  }

  @Override
  public Tensor raised(Tensor x) {
    return x.unsqueeze(1);
  }

  @Override
  public Tensor columns(Tensor x, long first, long count) {
    return x.narrow(1, first, count);
  }

  @Override
  public Tensor folded(Tensor x, long width) {
    return x.reshape(-1, width);
  }

  @Override
  public Tensor averaged(Tensor x, long rows, long width) {
    return x.reshape(-1, rows, width).mean(1);
  }
}
