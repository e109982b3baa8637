package io.caracal.trainer.network;

import io.caracal.trainer.evaluate.Ranking;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Rows by which a network is measured while it is trained.
 *
 * @param network the network
 * @param rows the rows
 */
record HeldOut(Trainable network, LabelledRows rows) {
  private static final int BATCH = 256;

  /** What is done to a batch of rows that begins at a row. */
  private interface Use {
    void of(int from, Tensor batch);
  }

  /** The mean loss. */
  double loss() {
    double[] sum = {0};
    forBatches(
        (from, batch) -> {
          int size = (int) batch.size(0);
          long[] targets = Arrays.copyOfRange(rows.targets(), from, from + size);
          sum[0] += network.loss(batch, targets, false).item_float() * size;
        });
    return sum[0] / Math.max(1, rows.count());
  }

  /** The area under the ROC curve, NaN unless it scores and the rows are of both kinds. */
  double rocAuc() {
    boolean[] attack = new boolean[rows.count()];
    int attacks = 0;
    for (int i = 0; i < attack.length; i++) {
      attack[i] = rows.targets()[i] > 0;
      attacks += attack[i] ? 1 : 0;
    }
    if (!(network instanceof Network scoring) || attacks == 0 || attacks == attack.length) {
      return Double.NaN;
    }
    double[] scores = new double[attack.length];
    forBatches(
        (from, batch) -> {
          float[] values = Tensors.values(scoring.score(batch));
          for (int i = 0; i < values.length; i++) {
            scores[from + i] = values[i];
          }
        });
    return new Ranking(scores, attack).rocAuc();
  }

  private void forBatches(Use use) {
    int width = network.width();
    for (int from = 0; from < rows.count(); from += BATCH) {
      int to = Math.min(rows.count(), from + BATCH);
      try (PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        float[] values = Arrays.copyOfRange(rows.rows(), from * width, to * width);
        use.of(from, Tensors.of(values, to - from, width));
      }
    }
  }
}
