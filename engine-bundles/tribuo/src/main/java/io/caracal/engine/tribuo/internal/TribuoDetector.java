package io.caracal.engine.tribuo.internal;

import io.caracal.api.detect.DetectorDescription;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.engine.extender.LoadedModel;
import io.caracal.engine.extender.ModelDescriptor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A classifier of attack classes and benign: its score is 1 - P(benign), its class the likeliest of
 * the others.
 */
final class TribuoDetector implements LoadedModel {
  private final DetectorDescription description;
  private final List<ModelDescriptor.Input> inputs;
  private final int width;
  private final int labels;
  private final RowClassifier classifier;

  /** {@code classifier} knows benign first, then the descriptor's classes in their order. */
  TribuoDetector(ModelDescriptor descriptor, RowClassifier classifier) {
    description = descriptor.describe(TribuoEngine.NAME, "cpu");
    inputs = descriptor.inputs();
    width = inputs.stream().mapToInt(input -> input.columns().size()).sum();
    labels = descriptor.classes().size() + 1;
    this.classifier = classifier;
  }

  @Override
  public DetectorDescription description() {
    return description;
  }

  @Override
  public void score(FlowBatch batch, Scores scores) {
    double[] probabilities = classifier.probabilities(rows(batch), batch.size(), width);
    for (int row = 0; row < batch.size(); row++) {
      if (batch.packets(row) >= description.minimumPackets()) {
        int benign = row * labels;
        float score = (float) Math.clamp(1 - probabilities[benign], 0, 1);
        scores.set(row, score, likeliest(probabilities, benign + 1));
      }
    }
  }

  /** The views' rows side by side. */
  private float[] rows(FlowBatch batch) {
    float[] rows = new float[batch.size() * width];
    int offset = 0;
    for (ModelDescriptor.Input input : inputs) {
      int columns = input.columns().size();
      FloatBuffer view = batch.view(input.view());
      for (int row = 0; row < batch.size(); row++) {
        view.get(row * columns, rows, row * width + offset, columns);
      }
      offset += columns;
    }
    return rows;
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
