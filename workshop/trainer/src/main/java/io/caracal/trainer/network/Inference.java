package io.caracal.trainer.network;

import io.caracal.trainer.scoring.Answer;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** What libtorch answers: the reference for the exported form. */
final class Inference {
  /** Every intermediate result of a batch stays in memory until the batch is done. */
  private static final int BATCH = 700;

  private Inference() {}

  static Answer run(Network network, float[] rows) {
    int width = network.width();
    int count = rows.length / width;
    float[] scores = new float[count];
    float[] classes = new float[0];
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(count, from + BATCH);
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        float[] some = Arrays.copyOfRange(rows, from * width, to * width);
        Tensor batch = Tensors.of(some, to - from, width);
        System.arraycopy(Tensors.values(network.score(batch)), 0, scores, from, to - from);
        float[] probabilities = Tensors.values(network.classes(batch));
        int each = probabilities.length / (to - from);
        classes = from == 0 ? new float[count * each] : classes;
        System.arraycopy(probabilities, 0, classes, from * each, probabilities.length);
      }
    }
    return new Answer(scores, classes);
  }
}
