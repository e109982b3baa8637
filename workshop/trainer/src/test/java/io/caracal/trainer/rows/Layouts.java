package io.caracal.trainer.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Layouts by hand. */
public final class Layouts {
  private Layouts() {}

  /** The views one after the other, whatever offsets they were made with. */
  public static InputLayout of(InputLayout.Input... views) {
    List<InputLayout.Input> placed = new ArrayList<>();
    int offset = 0;
    for (InputLayout.Input view : views) {
      placed.add(
          new InputLayout.Input(
              view.name(), view.version(), view.shape(), offset, view.columns(), view.leaks()));
      offset += view.width();
    }
    return new InputLayout(placed);
  }

  /** A view of one dimension. */
  public static InputLayout.Input flat(String name, List<String> columns, List<String> leaks) {
    return new InputLayout.Input(name, "1.0", List.of(columns.size()), 0, columns, leaks);
  }

  /** A view of one dimension whose columns are numbered. */
  public static InputLayout.Input flat(String name, int width) {
    return flat(name, names(width), List.of());
  }

  /** A view of packets; the columns are numbered. */
  public static InputLayout.Input sequence(String name, int length, int channels) {
    return new InputLayout.Input(
        name, "1.0", List.of(length, channels), 0, names(length * channels), List.of());
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(c -> "c" + c).toList();
  }
}
