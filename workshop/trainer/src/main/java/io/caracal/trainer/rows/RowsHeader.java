package io.caracal.trainer.rows;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.caracal.trainer.TrainerException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a flow-row table, see docs/flow-rows.md.
 *
 * @param format always {@link #FORMAT}
 * @param columns names of the columns, {@code VIEW/COLUMN} or {@code DETECTOR/score}
 * @param views the views whose columns are there, in order
 * @param flows settings of the flow table
 * @param classes for each detector the names that its class column counts
 * @param thresholds for each detector and the ensemble the threshold in force
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RowsHeader(
    String format,
    List<String> columns,
    List<View> views,
    JsonNode flows,
    Map<String, List<String>> classes,
    Map<String, Double> thresholds) {
  static final String FORMAT = "caracal-rows/1";

  /**
   * One view.
   *
   * @param name its name
   * @param version its version
   * @param shape of one row
   * @param leaks columns that say where and when a flow was seen rather than how it behaves
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record View(String name, String version, List<Integer> shape, List<String> leaks) {
    /** An absent list is empty. */
    public View(String name, String version, List<Integer> shape, @Nullable List<String> leaks) {
      this.name = name;
      this.version = version;
      this.shape = List.copyOf(shape);
      this.leaks = List.copyOf(Objects.requireNonNullElse(leaks, List.of()));
    }

    /**
     * Floats per row.
     *
     * @return product of the shape
     */
    public int width() {
      return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }
  }

  /** Absent keys are empty collections. */
  public RowsHeader(
      @Nullable String format,
      @Nullable List<String> columns,
      @Nullable List<View> views,
      @Nullable JsonNode flows,
      @Nullable Map<String, List<String>> classes,
      @Nullable Map<String, Double> thresholds) {
    this.format = Objects.requireNonNullElse(format, "");
    this.columns = List.copyOf(Objects.requireNonNullElse(columns, List.of()));
    this.views = List.copyOf(Objects.requireNonNullElse(views, List.of()));
    this.flows = Objects.requireNonNullElse(flows, MissingNode.getInstance());
    this.classes = Map.copyOf(Objects.requireNonNullElse(classes, Map.of()));
    this.thresholds = Map.copyOf(Objects.requireNonNullElse(thresholds, Map.of()));
  }

  /**
   * Finds a view.
   *
   * @param name its name
   * @return the view
   * @throws TrainerException if the table does not carry it
   */
  public View view(String name) {
    return views.stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new TrainerException("the flow rows do not carry the view " + name));
  }

  /**
   * Where a view's columns begin.
   *
   * @param name name of the view
   * @return index of its first column
   */
  public int firstColumn(String name) {
    view(name);
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).startsWith(name + "/")) {
        return c;
      }
    }
    throw new TrainerException("the flow rows have no column of the view " + name);
  }

  /**
   * A view's column names without the view's name.
   *
   * @param name name of the view
   * @return names in order
   */
  public List<String> columnNames(String name) {
    int first = firstColumn(name);
    return columns.subList(first, first + view(name).width()).stream()
        .map(column -> column.substring(name.length() + 1))
        .toList();
  }
}
