package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.List;

/**
 * How the columns of the flat views are distributed over benign flows, so that a sensor can say how
 * unusual a value is.
 */
final class NormalColumns {
  private static final double[] LEVELS = {0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999};

  private NormalColumns() {}

  /**
   * Writes them as {@code normal} of {@code ensemble.json}.
   *
   * @param benign the flows, at least one
   * @param views that are looked at, as far as their rows have no further dimension
   */
  static void into(ObjectNode node, Corpus corpus, List<Example> benign, List<String> views) {
    ArrayNode levels = node.putArray("levels");
    Arrays.stream(LEVELS).forEach(levels::add);
    ObjectNode columns = node.putObject("columns");
    for (InputLayout.Input view : corpus.layout(views).flat()) {
      InputLayout layout = corpus.layout(List.of(view.name()));
      float[] rows = corpus.rows(benign, layout);
      for (int column = 0; column < view.width(); column++) {
        String name = view.name() + '/' + view.columns().get(column);
        if (!layout.leaks().contains(name)) {
          quantiles(columns.putArray(name), rows, view.width(), column);
        }
      }
    }
  }

  private static void quantiles(ArrayNode values, float[] rows, int width, int column) {
    float[] sorted = new float[rows.length / width];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = rows[i * width + column];
    }
    Arrays.sort(sorted);
    for (double level : LEVELS) {
      values.add(sorted[(int) Math.ceil(level * sorted.length) - 1]);
    }
  }
}
