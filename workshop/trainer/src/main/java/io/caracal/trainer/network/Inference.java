package io.caracal.trainer.network;

import io.caracal.trainer.scoring.Answer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** What libtorch answers: the reference for the exported form. */
final class Inference {
  private Inference() {}

  static Answer run(Network network, float[] rows) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor batch = Tensors.of(rows, rows.length / network.width(), network.width());
      return new Answer(
          Tensors.values(network.score(batch)), Tensors.values(network.classes(batch)));
    }
  }
}
