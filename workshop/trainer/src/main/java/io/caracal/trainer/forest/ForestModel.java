package io.caracal.trainer.forest;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.Answer;
import io.caracal.trainer.scoring.BatchScorer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;

/** A Tribuo classifier from its protobuf. Features are named as the views' columns. */
public final class ForestModel implements BatchScorer {
  /** Label of normal traffic; all others are attack classes. */
  public static final String BENIGN = "benign";

  private final Model<Label> model;
  private final String[] columns;
  private final List<String> classes;

  /**
   * Loads a model.
   *
   * @param bytes Tribuo protobuf
   * @param columns names of the columns of all views
   * @param classes names of the attack classes in order
   */
  public ForestModel(byte[] bytes, List<String> columns, List<String> classes) {
    this.columns = columns.toArray(new String[0]);
    this.classes = List.copyOf(classes);
    try {
      model = Model.deserializeFromStream(new ByteArrayInputStream(bytes)).castModel(Label.class);
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      throw new TrainerException("Tribuo refuses the model: " + e.getMessage(), e);
    }
  }

  /**
   * Names of a model's features.
   *
   * @param layout the views
   * @return the columns' names, without the views'
   * @throws TrainerException if two views have a column of the same name
   */
  public static List<String> features(InputLayout layout) {
    List<String> names =
        layout.inputs().stream().flatMap(input -> input.columns().stream()).toList();
    Set<String> seen = new HashSet<>();
    names.forEach(
        name -> {
          if (!seen.add(name)) {
            throw new TrainerException(
                "two of the recipe's views have a column " + name + ": leave one view out");
          }
        });
    return names;
  }

  @Override
  public Answer score(float[] rows, int count) {
    float[] scores = new float[count];
    float[] probabilities = new float[count * classes.size()];
    double[] values = new double[columns.length];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < columns.length; c++) {
        values[c] = rows[i * columns.length + c];
      }
      Map<String, Label> outputs =
          model
              .predict(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, columns, values))
              .getOutputScores();
      scores[i] = (float) (1 - outputs.get(BENIGN).getScore());
      for (int k = 0; k < classes.size(); k++) {
        Label label = outputs.get(classes.get(k));
        probabilities[i * classes.size() + k] = label == null ? 0 : (float) label.getScore();
      }
    }
    return new Answer(scores, probabilities);
  }

  @Override
  public void close() {}
}
