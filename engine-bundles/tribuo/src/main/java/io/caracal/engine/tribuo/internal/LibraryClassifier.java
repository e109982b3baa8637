package io.caracal.engine.tribuo.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/** Any classification model, by Tribuo's own predict: exact by definition, some 100 µs a row. */
final class LibraryClassifier implements RowClassifier {
  private final Model<Label> model;
  private final List<String> labels;
  // The columns that the model knows, in the order of their names: Tribuo sorts features by name.
  private final int[] columns;
  private final String[] names;

  LibraryClassifier(Model<Label> model, List<String> labels, List<String> columnNames) {
    this.model = model;
    this.labels = List.copyOf(labels);
    columns =
        IntStream.range(0, columnNames.size())
            .filter(column -> model.getFeatureIDMap().get(columnNames.get(column)) != null)
            .boxed()
            .sorted(Comparator.comparing(columnNames::get))
            .mapToInt(Integer::intValue)
            .toArray();
    names = IntStream.of(columns).mapToObj(columnNames::get).toArray(String[]::new);
  }

  @Override
  public double[] probabilities(float[] rows, int count, int width) {
    double[] probabilities = new double[count * labels.size()];
    double[] values = new double[columns.length];
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < columns.length; i++) {
        values[i] = rows[row * width + columns[i]];
      }
      Map<String, Label> scores =
          model
              .predict(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, names, values))
              .getOutputScores();
      for (int label = 0; label < labels.size(); label++) {
        Label scored = scores.get(labels.get(label));
        probabilities[row * labels.size() + label] = scored == null ? 0 : scored.getScore();
      }
    }
    return probabilities;
  }
}
