package io.caracal.trainer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.recipe.Recipe;

/** The card of an ensemble. */
public final class EnsembleCard {
  private EnsembleCard() {}

  /**
   * Writes the card.
   *
   * @param recipe its recipe
   * @param descriptor its ensemble.json
   * @param figures on the validation part
   * @return Markdown
   */
  public static String of(Recipe recipe, JsonNode descriptor, Figures figures) {
    CardText card = new CardText();
    JsonNode training = descriptor.path("training");
    card.line("# %s %s", recipe.id(), recipe.version());
    card.line("");
    card.line("%s, fitted on the calibration part.", recipe.family());
    card.line("");
    card.line("| member | kind | weight | bias where it abstains |");
    card.line("|---|---|---|---|");
    for (JsonNode member : descriptor.path("members")) {
      card.line(
          "| %s | %s | %.3f | %.3f |",
          member.path("id").asText(),
          member.path("kind").asText(),
          member.path("weight").asDouble(),
          member.path("abstainBias").asDouble());
    }
    card.line("");
    card.data(training);
    card.figures(figures);
    card.labels(figures);
    card.line("## False alerts per day");
    card.line("");
    card.line(
        "The benign traffic of the calibration and validation parts covers %.0f s, so that one"
            + " alert in it means %.0f a day. Up to a threshold of %.6f the curve is counted;"
            + " beyond, where the data hold less than one alert, it goes on along a straight line"
            + " of the logarithm of alerts over the log odds of the threshold. That is an"
            + " extrapolation, not a measurement.",
        training.path("benign_seconds").asDouble(),
        86_400 / training.path("benign_seconds").asDouble(),
        training.path("false_alerts_measured_up_to").asDouble());
    card.line(
        "The testbed packs a day's variety into minutes: a real network of its size is likely to"
            + " see fewer.");
    card.line("");
    card.line("| threshold | false alerts a day |");
    card.line("|---|---|");
    int knot = 0;
    for (JsonNode point : descriptor.path("falseAlerts")) {
      if (knot++ % 4 == 0) {
        card.line(
            "| %.6f | %.1f |", point.path("threshold").asDouble(), point.path("perDay").asDouble());
      }
    }
    card.line("");
    card.limits(figures, training);
    return card.toString();
  }
}
