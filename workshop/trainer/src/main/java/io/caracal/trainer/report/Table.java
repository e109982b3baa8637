package io.caracal.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of a report.
 *
 * @param title its name
 * @param note what must be known to read it; may be empty
 * @param header names of the columns; the first column holds names
 * @param rows as many cells each as the header
 */
record Table(String title, String note, List<String> header, List<List<Cell>> rows) {
  Table {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  boolean empty() {
    return rows.isEmpty();
  }

  String markdown() {
    StringBuilder text = new StringBuilder("## " + title + "\n\n");
    if (!note.isEmpty()) {
      text.append(note).append("\n\n");
    }
    text.append(line(header)).append("|---".repeat(header.size())).append("|\n");
    rows.forEach(row -> text.append(line(row.stream().map(Cell::text).toList())));
    return text.append('\n').toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Columns padded to their widest cell, for a terminal. */
  String aligned() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header);
    rows.forEach(row -> lines.add(row.stream().map(Cell::text).toList()));
    int[] widths =
        IntStream.range(0, header.size())
            .map(c -> lines.stream().mapToInt(line -> line.get(c).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int c = 0; c < widths.length; c++) {
        String pad = " ".repeat(widths[c] - line.get(c).length());
        text.append(c == 0 ? line.get(c) + pad : "  " + pad + line.get(c));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
