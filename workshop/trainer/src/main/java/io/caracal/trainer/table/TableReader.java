package io.caracal.trainer.table;

import io.caracal.trainer.Digests;
import io.caracal.trainer.Progress;
import io.caracal.trainer.TrainerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads NSL-KDD, KDD99 and the tables of CICFlowMeter; a folder's files are one table. A rate over
 * no time, which CICFlowMeter writes as {@code Infinity} or {@code NaN}, is 0 as in the view {@code
 * cic}; such cells are counted and reported.
 */
public final class TableReader {
  private final Progress progress;
  private final List<Map<String, Integer>> words = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final List<String> times = new ArrayList<>();
  private float[] values = new float[1 << 16];
  private int used;
  private int notFinite;

  private TableReader(Progress progress) {
    this.progress = progress;
  }

  /**
   * Reads a table.
   *
   * @param path a file, plain or compressed by gzip, or a folder of such
   * @param progress told how many rows there are
   * @return its rows
   * @throws TrainerException if it cannot be read; what is wrong in a cell is said with file, line
   *     and column
   */
  public static FlowTable read(Path path, Progress progress) {
    return new TableReader(progress).table(path);
  }

  private FlowTable table(Path path) {
    List<Path> files = files(path);
    StringBuilder hashes = new StringBuilder();
    TableFormat format = null;
    for (Path file : files) {
      format = append(file, format);
      hashes.append(Digests.sha256(file));
    }
    if (format == null || labels.isEmpty()) {
      throw new TrainerException(path + " holds no rows: name a flow table or a folder of such");
    }
    progress.line(
        "%s: %d rows, %d columns, %d labels, %d cells that are no finite number taken as 0"
            .formatted(
                path,
                labels.size(),
                format.kept().size(),
                labels.stream().distinct().count(),
                notFinite));
    List<FlowTable.Column> columns = new ArrayList<>();
    for (int c = 0; c < format.kept().size(); c++) {
      columns.add(
          new FlowTable.Column(
              format.names().get(format.kept().get(c)), List.copyOf(words.get(c).keySet())));
    }
    String hash = files.size() == 1 ? hashes.toString() : Digests.sha256(bytes(hashes.toString()));
    return new FlowTable(format.view(), columns, Arrays.copyOf(values, used), labels, times, hash);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> list = Files.list(path)) {
      return list.filter(file -> file.toString().matches(".*\\.csv(\\.gz)?")).sorted().toList();
    } catch (IOException e) {
      throw TrainerException.unreadable("the flow tables in", path, e);
    }
  }

  private TableFormat append(Path file, @Nullable TableFormat expected) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      TableFormat format = TableFormat.of(line == null ? "" : line, file.toString());
      if (expected != null && !expected.equals(format)) {
        throw new TrainerException(
            file + " has other columns than the files before it: keep such tables apart");
      }
      if (words.isEmpty()) {
        format.kept().forEach(cell -> words.add(new LinkedHashMap<>()));
      }
      int number = 1;
      if (format.header()) {
        line = lines.readLine();
        number++;
      }
      for (; line != null; line = lines.readLine(), number++) {
        row(format, line.split(",", -1), file, number);
      }
      return format;
    } catch (IOException e) {
      throw TrainerException.unreadable("the flow table", file, e);
    }
  }

  private void row(TableFormat format, String[] cells, Path file, int line) {
    if (cells.length != format.names().size()) {
      throw new TrainerException(
          "%s line %d has %d cells instead of %d: the line is cut short or holds a comma too many"
              .formatted(file, line, cells.length, format.names().size()));
    }
    int width = format.kept().size();
    if (used + width > values.length) {
      values = Arrays.copyOf(values, Math.addExact(values.length, Math.max(values.length, width)));
    }
    for (int c = 0; c < width; c++) {
      int cell = format.kept().get(c);
      String name = format.names().get(cell);
      values[used++] =
          format.categories().contains(name)
              ? word(words.get(c), cells[cell])
              : number(cells[cell], file, line, name);
    }
    labels.add(format.label(cells));
    if (format.time() != TableFormat.NONE) {
      times.add(cells[format.time()]);
    }
  }

  private static int word(Map<String, Integer> known, String word) {
    Integer index = known.putIfAbsent(word, known.size());
    return index == null ? known.size() - 1 : index;
  }

  private float number(String cell, Path file, int line, String column) {
    try {
      float value = Float.parseFloat(cell.strip());
      if (Float.isFinite(value)) {
        return value;
      }
      notFinite++;
      return 0;
    } catch (NumberFormatException e) {
      throw new TrainerException(
          "%s line %d, column %s: '%s' is no number".formatted(file, line, column, cell), e);
    }
  }
}
