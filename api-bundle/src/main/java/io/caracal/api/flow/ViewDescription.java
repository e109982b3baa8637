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
  /** What a column is for. */
  public enum Use {
    /** Says how a flow behaves: models read it. */
    FEATURE,
    /**
     * Says where and when a flow was seen rather than how it behaves: a port of the client, a TTL,
     * an identifier. Models leave it out unless their recipe asks for it.
     */
    LEAKS,
    /**
     * Too large for float32, an address or a time: the row holds 0, the exact value is in the
     * {@link FlowSummary}.
     */
    EXTERNAL
  }

  /**
   * One column.
   *
   * @param name unique within the view
   * @param unit SI unit or {@code count}, {@code flag}, {@code ratio}
   * @param meaning one sentence with the formula
   * @param min smallest value that can occur, negative infinity if there is none
   * @param max largest value that can occur, positive infinity if there is none
   * @param source the tool or paper that defined it, empty if the view did
   * @param use what it is for
   */
  public record Column(
      String name, String unit, String meaning, double min, double max, String source, Use use) {
    /**
     * A feature of any finite value that the view itself defined.
     *
     * @param name unique within the view
     * @param unit SI unit or {@code count}, {@code flag}, {@code ratio}
     * @param meaning one sentence with the formula
     */
    public Column(String name, String unit, String meaning) {
      this(
          name, unit, meaning, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "", Use.FEATURE);
    }
  }

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
