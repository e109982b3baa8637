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
    double benign = training.path("benign_flows").asDouble();
    double day = descriptor.path("flowsPerDay").asDouble();
    card.line(
        "A day is taken as %.0f benign flows, about what an office of twenty busy hosts makes: the"
            + " testbed's agents hurry, so its clock says nothing about a day. A larger network has"
            + " more false alerts in proportion. The calibration and validation parts hold %.0f"
            + " benign flows that somebody attests, so that one alert in them means %.1f a day. Up"
            + " to a threshold of %.6f the curve is counted; beyond, where the data hold less than"
            + " one alert, it goes on along a straight line of the logarithm of alerts over the log"
            + " odds of the threshold: an extrapolation, not a measurement.",
        day, benign, day / benign, training.path("false_alerts_measured_up_to").asDouble());
    card.line("");
    card.line("What a budget buys on the validation part:");
    card.line("");
    card.line(
        "| false alerts a day | threshold | detected benign flows of a million | mean recall of the"
            + " labels, by flow | detected runs |");
    card.line("|---|---|---|---|---|");
    for (JsonNode budget : descriptor.path("metrics").path("budgets")) {
      card.line(
          "| %.0f | %.6f | %.0f | %.1f %% | %d of %d |",
          budget.path("perDay").asDouble(),
          budget.path("threshold").asDouble(),
          budget.path("false_alerts_per_million_benign_flows").asDouble(),
          100 * budget.path("mean_recall_of_labels").asDouble(),
          budget.path("alerted_runs").asInt(),
          budget.path("runs").asInt());
    }
    card.line("");
    card.limits(figures, training);
    return card.toString();
  }
}
