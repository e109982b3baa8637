package io.caracal.trainer.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small tables in the formats of the literature. */
public final class Tables {
  private Tables() {}

  /** Lines of NSL-KDD: floods have large counts, scans large rates. */
  public static Path kdd(Path file, int rows, String... labels) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      String label = labels[row % labels.length];
      String[] cells = new String[43];
      for (int c = 0; c < 41; c++) {
        cells[c] = Integer.toString(random.nextInt(5));
      }
      cells[1] = row % 3 == 0 ? "udp" : "tcp";
      cells[2] = label.equals("satan") ? "private" : "http";
      cells[3] = "SF";
      for (int c = 22; c < 41; c++) {
        boolean flooded = label.equals("neptune") && c < 32;
        boolean scanned = label.equals("satan") && c >= 32;
        cells[c] = Integer.toString((flooded || scanned ? 200 : 0) + random.nextInt(5));
      }
      cells[41] = label;
      cells[42] = "20";
      text.append(String.join(",", cells)).append('\n');
    }
    return Files.writeString(file, text);
  }
}
