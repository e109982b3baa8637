package io.caracal.trainer.detector;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Columns of row-major tables. */
final class Columns {
  private Columns() {}

  /**
   * Indices in the raw row of the columns that a model reads: all but those that leak, unless the
   * recipe asks for them, and those that it excludes. Columns are named {@code VIEW/COLUMN}.
   */
  static int[] read(InputLayout layout, List<String> excluded, List<String> included) {
    List<String> names = layout.columnNames();
    Set<String> leaks = layout.leaks();
    for (String name : excluded) {
      if (!names.contains(name)) {
        throw new TrainerException(
            "the views have no column " + name + " to exclude: name it as VIEW/COLUMN");
      }
    }
    for (String name : included) {
      if (!leaks.contains(name)) {
        throw new TrainerException(
            "include names columns that are left out otherwise, which are "
                + new TreeSet<>(leaks)
                + ", and "
                + name
                + " is none of them; remove it");
      }
    }
    return IntStream.range(0, names.size())
        .filter(c -> !excluded.contains(names.get(c)))
        .filter(c -> !leaks.contains(names.get(c)) || included.contains(names.get(c)))
        .toArray();
  }

  /** One column. */
  static float[] values(float[] rows, int width, int column) {
    float[] values = new float[rows.length / width];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i * width + column];
    }
    return values;
  }

  /** Some columns, in the order of their indices. */
  static float[] select(float[] rows, int width, int[] columns) {
    int count = rows.length / width;
    float[] selected = new float[count * columns.length];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < columns.length; c++) {
        selected[i * columns.length + c] = rows[i * width + columns[c]];
      }
    }
    return selected;
  }

  /** The median of each column; the lower of two. */
  static float[] medians(float[] rows, int width) {
    float[] medians = new float[width];
    for (int c = 0; c < width; c++) {
      float[] values = values(rows, width, c);
      Arrays.sort(values);
      medians[c] = values.length == 0 ? 0 : values[(values.length - 1) / 2];
    }
    return medians;
  }
}
