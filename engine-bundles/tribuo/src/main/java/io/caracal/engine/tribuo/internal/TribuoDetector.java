package io.caracal.engine.tribuo.internal;

import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelDescriptor;

/**
 * A classifier of attack classes and benign: its score is 1 - P(benign), its class the likeliest of
 * the others.
 */
final class TribuoDetector implements LoadedModel {
  private final DetectorDescription description;
  private final ModelDescriptor.Input input;
  private final int labels;
  private final RowClassifier classifier;

  /** {@code classifier} knows benign first, then the descriptor's classes in their order. */
  TribuoDetector(ModelDescriptor descriptor, RowClassifier classifier) {
    description = descriptor.describe(TribuoEngine.NAME, "cpu");
    input = descriptor.inputs().getFirst();
    labels = descriptor.classes().size() + 1;
    this.classifier = classifier;
  }

  @Override
  public DetectorDescription description() {
    return description;
  }

  @Override
  public void score(FlowBatch batch, Scores scores) {
    int width = input.columns().size();
    float[] rows = new float[batch.size() * width];
    batch.view(input.view()).get(0, rows);
    double[] probabilities = classifier.probabilities(rows, batch.size(), width);
    for (int row = 0; row < batch.size(); row++) {
      if (batch.packets(row) >= description.minimumPackets()) {
        int benign = row * labels;
        float score = (float) Math.clamp(1 - probabilities[benign], 0, 1);
        scores.set(row, score, likeliest(probabilities, benign + 1));
      }
    }
  }

  /** No class if every attack class is out of the question. */
  private int likeliest(double[] probabilities, int from) {
    int best = Scores.NO_CLASS;
    double most = 0;
    for (int i = 0; i < labels - 1; i++) {
      if (probabilities[from + i] > most) {
        most = probabilities[from + i];
        best = i;
      }
    }
    return best;
  }

  @Override
  public void close() {
    // Plain memory: nothing to free.
  }
}
