package io.caracal.trainer.table;

import io.caracal.trainer.TrainerException;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers as they are, and a column of 0 and 1 for every word of a column of words. Words that the
 * table it was made for does not have are 0 in all of them.
 */
final class OneHot {
  private final List<FlowTable.Column> columns;
  private final List<String> names = new ArrayList<>();

  /** An encoding of the words of a table. */
  OneHot(FlowTable table) {
    columns = table.columns();
    for (FlowTable.Column column : columns) {
      if (column.number()) {
        names.add(column.name());
      } else {
        column.words().forEach(word -> names.add(column.name() + '=' + word));
      }
    }
  }

  /** Names of the columns that come of it. */
  List<String> names() {
    return names;
  }

  /** The rows of a table with the same columns. */
  float[] rows(FlowTable table) {
    List<String> expected = columns.stream().map(FlowTable.Column::name).toList();
    List<String> actual = table.columns().stream().map(FlowTable.Column::name).toList();
    if (!expected.equals(actual)) {
      throw new TrainerException(
          "the tables for training and test have different columns: "
              + expected
              + " and "
              + actual);
    }
    float[] rows = new float[Math.multiplyExact(table.count(), names.size())];
    for (int row = 0; row < table.count(); row++) {
      int at = row * names.size();
      for (int c = 0; c < columns.size(); c++) {
        FlowTable.Column column = columns.get(c);
        if (column.number()) {
          rows[at++] = table.value(row, c);
        } else {
          String word = table.columns().get(c).words().get((int) table.value(row, c));
          int index = column.words().indexOf(word);
          if (index >= 0) {
            rows[at + index] = 1;
          }
          at += column.words().size();
        }
      }
    }
    return rows;
  }
}
