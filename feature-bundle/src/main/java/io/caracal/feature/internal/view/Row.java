package io.caracal.feature.internal.view;

import io.caracal.api.flow.ViewDescription;
import io.caracal.api.flow.ViewDescription.Column;
import io.caracal.api.flow.ViewDescription.Use;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A row while it is written, column after column. The line that computes a column also says what it
 * is; a view describes itself by writing one row of {@link NoFlow}, so that a column has one
 * definition and its value costs no more than its formula.
 */
public final class Row {
  private static final int MOST_COLUMNS = 256;

  /** A plain array, which does not keep the bundle's class loader alive on threads of others. */
  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[MOST_COLUMNS]);

  private final float[] values;
  private final boolean describing;
  private final List<Column> described;
  private List<String> words = List.of();
  private String source = "";
  private Use use = Use.FEATURE;
  private int at;

  private Row(float[] values, boolean describing, List<Column> described) {
    this.values = values;
    this.describing = describing;
    this.described = described;
  }

  /** An empty row; the one before on this thread is no longer needed. */
  public static Row empty() {
    return new Row(SCRATCH.get(), false, List.of());
  }

  /**
   * Describes a view.
   *
   * @param columns writes all columns
   */
  public static ViewDescription describe(
      String name, String version, List<Integer> shape, Consumer<Row> columns) {
    Row row = new Row(new float[MOST_COLUMNS], true, new ArrayList<>());
    columns.accept(row);
    return new ViewDescription(name, version, shape, row.described);
  }

  /** The tool or paper that defined the columns that follow. */
  public void source(String text) {
    source = text;
  }

  /** What the columns that follow are for. */
  public void use(Use what) {
    use = what;
  }

  /**
   * The columns that follow are written down for one direction and meant for the other.
   *
   * @param pairs in turn a word and what is read instead of it
   */
  public void reading(List<String> pairs) {
    words = pairs;
  }

  /**
   * The next column.
   *
   * @param meaning one sentence with the formula
   * @param value finite
   */
  public void put(String name, Quantity quantity, String meaning, double value) {
    if (describing) {
      describe(name, quantity, meaning);
    }
    values[at++] = (float) value;
  }

  /** The next column, of a whole number: one conversion instead of two. */
  public void put(String name, Quantity quantity, String meaning, long value) {
    if (describing) {
      describe(name, quantity, meaning);
    }
    values[at++] = value;
  }

  private void describe(String name, Quantity quantity, String meaning) {
    described.add(
        new Column(
            said(name), quantity.unit, said(meaning), quantity.min, quantity.max, source, use));
  }

  /** Copies the row, as one piece. */
  public void copyTo(FloatBuffer row, int offset) {
    row.put(offset, values, 0, at);
  }

  private String said(String text) {
    String said = text;
    for (int word = 0; word < words.size(); word += 2) {
      said = said.replace(words.get(word), words.get(word + 1));
    }
    return said;
  }
}
