package io.caracal.plugin.manager.internal.command;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells for people: every column as wide as its widest cell, the last one runs free. */
record TextTable(List<List<String>> rows) {
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size() - 1; i++) {
        int column = i;
        int width = rows.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
        line.append(row.get(i)).repeat(' ', width - row.get(i).length() + 2);
      }
      lines.add(line.append(row.getLast()).toString().stripTrailing());
    }
    return lines;
  }
}
