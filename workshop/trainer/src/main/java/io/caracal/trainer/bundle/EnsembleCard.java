package io.caracal.trainer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.recipe.Recipe;
import java.util.Locale;

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
        "A budget is shared: half of it is for alerts by flows, whose threshold stands here, half"
            + " for alerts by"
            + " [hosts](../../../../../../docs/architecture.md#evidence-against-hosts) that no"
            + " single flow shows, which come on top.");
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
    held(card, descriptor.path("metrics"));
    card.limits(figures, training);
    return card.toString();
  }

  /** What was stated, on traffic that it was not fitted to. */
  private static void held(CardText card, JsonNode metrics) {
    card.line(
        "Measured on the calibration part with the thresholds of the validation part and the other"
            + " way round, alerts by flows and by hosts together:");
    card.line("");
    card.line("| false alerts a day | expected in this traffic | measured |");
    card.line("|---|---|---|");
    for (JsonNode budget : metrics.path("alerts_measured")) {
      card.line(
          "| %.0f | %.1f | %d |",
          budget.path("perDay").asDouble(),
          budget.path("expected").asDouble(),
          budget.path("measured").asInt());
    }
    card.line("");
    card.line("## Calibration");
    card.line("");
    JsonNode error = metrics.path("calibration_error");
    card.line(
        "Log odds are scaled and shifted on the validation part. Expected calibration error by"
            + " record there: %.3f; scaled on one campaign and measured on another: %s.",
        error.path("validation").asDouble(),
        error.has("between_campaigns")
            ? String.format(Locale.ROOT, "%.3f", error.path("between_campaigns").asDouble())
            : "not measured, there is only one");
    card.line("");
    card.line(
        "Where members are missing, by record of the validation part; an abstention counts as"
            + " missing:");
    card.line("");
    card.line("| without | calibration error | TPR at 0.1 %% FPR |");
    card.line("|---|---|---|");
    for (JsonNode without : metrics.path("without")) {
      card.line(
          "| %s | %.3f | %.3f |",
          without.path("without").asText(),
          without.path("calibration_error").asDouble(),
          without.path("tpr_at_fpr_0.001").asDouble());
    }
    card.line("");
    card.line(
        "Share of the benign records of the validation part whose p-value, fitted on the"
            + " calibration part, is at most 0.1 and 0.01. Marked with * is what independent"
            + " records would show in less than one case of a hundred: records are not"
            + " independent.");
    card.line("");
    card.line("| detector | records | at most 0.1 | at most 0.01 |");
    card.line("|---|---|---|---|");
    JsonNode coverage = metrics.path("coverage");
    for (int i = 0; i + 1 < coverage.size(); i += 2) {
      card.line(
          "| %s | %d | %s | %s |",
          coverage.path(i).path("name").asText(),
          coverage.path(i).path("tested").asInt(),
          share(coverage.path(i)),
          share(coverage.path(i + 1)));
    }
    card.line("");
  }

  private static String share(JsonNode coverage) {
    return String.format(
        Locale.ROOT,
        "%.4f%s",
        coverage.path("share").asDouble(),
        coverage.path("holds").asBoolean() ? "" : " *");
  }
}
