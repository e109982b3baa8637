package io.caracal.trainer.mutate;

import io.caracal.trainer.TrainerException;
import io.caracal.trainer.truth.Truth;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The rows of a flows.tsv as they stand there, to be written again with other times and volumes.
 */
final class TruthTable {
  private static final List<String> COUNTS =
      List.of("pkts_fwd", "pkts_rev", "bytes_fwd", "bytes_rev");

  private final List<String> header;
  private final List<String[]> rows;
  private final List<String[]> ip;

  private TruthTable(List<String> header, List<String[]> rows, List<String[]> ip) {
    this.header = header;
    this.rows = rows;
    this.ip = ip;
  }

  static TruthTable read(Path file) {
    List<String> lines;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw TrainerException.unreadable("the truth", file, e);
    }
    List<String> header = Arrays.asList(lines.getFirst().split("\t", -1));
    int protocol = header.indexOf("proto");
    List<String[]> rows = new ArrayList<>();
    lines.stream().skip(1).forEach(line -> rows.add(line.split("\t", -1)));
    return new TruthTable(
        header, rows, rows.stream().filter(row -> Truth.isIp(row[protocol])).toList());
  }

  /**
   * Tells a row what became of its flow.
   *
   * @param index of the flow among those of {@link Truth#flows}
   * @param mutation what was done, which its detail then names
   * @return whether anything did
   */
  boolean update(int index, Volume before, Volume after, Mutation mutation) {
    if (after.sameAs(before)) {
      return false;
    }
    String[] row = ip.get(index);
    row[header.indexOf("detail")] += " +" + mutation.specification();
    shift(row, header.indexOf("start"), after.firstNanos() - before.firstNanos());
    shift(row, header.indexOf("end"), after.lastNanos() - before.lastNanos());
    for (int c = 0; c < COUNTS.size(); c++) {
      int column = header.indexOf(COUNTS.get(c));
      if (column >= 0) {
        int direction = c % 2;
        long more =
            c < 2
                ? after.packets(direction) - before.packets(direction)
                : after.bytes(direction) - before.bytes(direction);
        row[column] = Long.toString(Long.parseLong(row[column]) + more);
      }
    }
    return true;
  }

  private static void shift(String[] row, int column, long nanos) {
    BigDecimal moved = new BigDecimal(row[column]).add(BigDecimal.valueOf(nanos, 9));
    row[column] = moved.toPlainString();
  }

  void write(Path file) {
    StringBuilder text = new StringBuilder(String.join("\t", header)).append('\n');
    rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new TrainerException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
