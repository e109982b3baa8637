package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** Mean and standard deviation of a figure over seeds. */
public final class Spread {
  private Spread() {}

  /**
   * Computes.
   *
   * @param values one per seed
   * @return {@code mean} and {@code deviation}; neither if the mean is not finite
   */
  public static ObjectNode of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (Double.isFinite(mean)) {
      node.put("mean", Figures.rounded(mean));
      node.put("deviation", Figures.rounded(Math.sqrt(squares / Math.max(1, values.length - 1))));
    }
    return node;
  }
}
