package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * One cell of a table.
 *
 * @param text what it says
 * @param share how good that is, 0 to 1, for the shade behind it; NaN for none
 */
record Cell(String text, double share) {
  private static final String NOTHING = "-";

  static Cell text(String text) {
    return new Cell(text, Double.NaN);
  }

  static Cell number(JsonNode value, int decimals) {
    return text(
        value.isNumber()
            ? String.format(Locale.ROOT, "%." + decimals + "f", value.asDouble())
            : NOTHING);
  }

  static Cell percent(JsonNode value) {
    return text(percentText(value));
  }

  /** A share that is better the higher it is. */
  static Cell recall(JsonNode value) {
    return new Cell(percentText(value), value.isNumber() ? value.asDouble() : Double.NaN);
  }

  /** How many attack runs were found. */
  static Cell alerted(JsonNode runs, JsonNode alerted) {
    return runs.asInt() == 0
        ? text(NOTHING)
        : new Cell(alerted.asInt() + " of " + runs.asInt(), alerted.asDouble() / runs.asInt());
  }

  private static String percentText(JsonNode value) {
    return value.isNumber() ? share(value.asDouble()) : NOTHING;
  }

  static String share(double value) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }
}
