package io.caracal.api.flow;

import java.util.List;

/**
 * What a view is.
 *
 * @param name short name, for example {@code cic}
 * @param version {@code major.minor}: columns or meanings change with major, documentation with
 *     minor
 * @param shape shape of one row, for example [78] or [32, 8]; row-major
 * @param columns as many as the product of the shape
 */
public record ViewDescription(
    String name, String version, List<Integer> shape, List<Column> columns) {
  /**
   * One column.
   *
   * @param name unique within the view
   * @param unit SI unit or {@code count}, {@code flag}, {@code ratio}
   * @param meaning one sentence with the formula
   */
  public record Column(String name, String unit, String meaning) {}

  /** Copies the lists and checks that they agree. */
  public ViewDescription {
    shape = List.copyOf(shape);
    columns = List.copyOf(columns);
    int width = shape.stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b);
    if (width != columns.size()) {
      throw new IllegalArgumentException(
          "view " + name + " has shape " + shape + " but " + columns.size() + " columns");
    }
  }

  /**
   * Floats per row.
   *
   * @return number of columns
   */
  public int width() {
    return columns.size();
  }

  /**
   * Names of the columns in order.
   *
   * @return {@link #width} names
   */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
