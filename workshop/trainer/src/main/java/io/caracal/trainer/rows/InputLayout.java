package io.caracal.trainer.rows;

import io.caracal.trainer.TrainerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the rows of several views stand one after the other in an example's raw row. The exported
 * model has one input per view; in training they are one array.
 *
 * @param inputs the views in order
 */
public record InputLayout(List<Input> inputs) {
  /**
   * One view.
   *
   * @param name name of the view, and of the model's input
   * @param version of the view
   * @param shape of one row
   * @param offset where its row begins in the raw row
   * @param columns names of its columns, without the view's name
   * @param leaks those that say where and when a flow was seen rather than how it behaves
   */
  public record Input(
      String name,
      String version,
      List<Integer> shape,
      int offset,
      List<String> columns,
      List<String> leaks) {
    /** Copies the lists. */
    public Input {
      shape = List.copyOf(shape);
      columns = List.copyOf(columns);
      leaks = List.copyOf(leaks);
    }

    /** Floats per row. */
    public int width() {
      return columns.size();
    }

    /** Whether each of its columns has a meaning of its own. */
    public boolean flat() {
      return shape.size() == 1;
    }
  }

  /** Checks that there is a view and that none comes twice. */
  public InputLayout {
    inputs = List.copyOf(inputs);
    List<String> names = inputs.stream().map(Input::name).toList();
    if (names.isEmpty() || Set.copyOf(names).size() < names.size()) {
      throw new TrainerException(
          "a model reads at least one view and none of them twice, not " + names);
    }
  }

  /**
   * The layout of some views of a table.
   *
   * @param header the table's
   * @param views names of the views
   * @return their layout, in the order given
   * @throws TrainerException if the table lacks a view
   */
  public static InputLayout of(RowsHeader header, List<String> views) {
    List<Input> inputs = new ArrayList<>();
    int offset = 0;
    for (String name : views) {
      RowsHeader.View view = header.view(name);
      inputs.add(
          new Input(
              name, view.version(), view.shape(), offset, header.columnNames(name), view.leaks()));
      offset += view.width();
    }
    return new InputLayout(inputs);
  }

  /** Floats per raw row. */
  public int width() {
    return inputs.stream().mapToInt(Input::width).sum();
  }

  /** Names of all columns, {@code VIEW/COLUMN}, in the order of the raw row. */
  public List<String> columnNames() {
    return inputs.stream()
        .flatMap(input -> input.columns().stream().map(column -> input.name() + '/' + column))
        .toList();
  }

  /** Names of the columns that leak, {@code VIEW/COLUMN}. */
  public Set<String> leaks() {
    return inputs.stream()
        .flatMap(input -> input.leaks().stream().map(column -> input.name() + '/' + column))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Finds a view.
   *
   * @param view its name
   * @throws TrainerException if it is none of these
   */
  public Input input(String view) {
    return inputs.stream()
        .filter(input -> input.name().equals(view))
        .findFirst()
        .orElseThrow(
            () ->
                new TrainerException(
                    "the model needs the view "
                        + view
                        + ": add it to the recipe's views, which are "
                        + inputs.stream().map(Input::name).toList()));
  }

  /** The views of one dimension, whose columns have typical values. */
  public List<Input> flat() {
    return inputs.stream().filter(Input::flat).toList();
  }
}
