package io.caracal.trainer.table;

import java.util.List;

/**
 * Labelled flows as another project wrote them. The array is not copied and not to be changed.
 *
 * @param view what its columns are called together
 * @param columns what they are
 * @param values one row after the other; for a column of words the index of the word
 * @param labels one per row
 * @param times one per row, in an order of their own; empty if the table has no time
 * @param sha256 hash of the files
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of megabytes: held once.
public record FlowTable(
    String view,
    List<Column> columns,
    float[] values,
    List<String> labels,
    List<String> times,
    String sha256) {
  /**
   * A column.
   *
   * @param name its name
   * @param words what its values stand for; empty for numbers
   */
  public record Column(String name, List<String> words) {
    /** Copies the list. */
    public Column {
      words = List.copyOf(words);
    }

    boolean number() {
      return words.isEmpty();
    }
  }

  /** Copies the lists. */
  public FlowTable {
    columns = List.copyOf(columns);
    labels = List.copyOf(labels);
    times = List.copyOf(times);
  }

  /** Number of rows. */
  public int count() {
    return labels.size();
  }

  float value(int row, int column) {
    return values[row * columns.size() + column];
  }
}
