package io.caracal.trainer.network;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.scoring.Answer;
import io.caracal.trainer.scoring.BatchScorer;
import java.util.Arrays;
import java.util.List;

/**
 * Whether ONNX Runtime answers as libtorch does. The error is measured against the spread of the
 * scores: absolute error flatters small scores, relative error punishes those near zero.
 */
public final class Parity {
  /** Batch sizes that are compared. */
  public static final List<Integer> BATCHES = List.of(1, 97, 700);

  /** Largest error of a score, in spreads. */
  public static final double TOLERANCE = 1e-4;

  private Parity() {}

  /**
   * Compares the two forms of a network.
   *
   * @param network the libtorch form
   * @param model the exported form
   * @param rows raw rows, taken again from the start where they do not suffice
   * @return largest difference of scores and class probabilities over all batches, divided by the
   *     spread of the scores
   * @throws TrainerException if it is above the tolerance
   */
  public static double check(Network network, BatchScorer model, float[] rows) {
    int width = network.width();
    int count = rows.length / width;
    double worst = 0;
    for (int size : BATCHES) {
      float[] batch = new float[size * width];
      for (int i = 0; i < size; i++) {
        System.arraycopy(rows, (i % count) * width, batch, i * width, width);
      }
      Answer expected = Inference.run(network, batch);
      Answer actual = model.score(batch, size);
      worst = Math.max(worst, difference(expected.scores(), actual.scores()));
      worst = Math.max(worst, difference(expected.classes(), actual.classes()));
    }
    float[] scores = Inference.run(network, rows).scores();
    double error = worst / spread(scores);
    if (!(error <= TOLERANCE)) {
      throw new TrainerException(
          "the exported model differs from libtorch by "
              + error
              + " of the score's spread, more than "
              + TOLERANCE
              + ": the exporter is wrong");
    }
    return error;
  }

  private static double difference(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[i]);
      worst = difference <= worst ? worst : difference;
    }
    return worst;
  }

  private static double spread(float[] scores) {
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    return Math.max(1e-6, (double) sorted[sorted.length - 1] - sorted[0]);
  }
}
