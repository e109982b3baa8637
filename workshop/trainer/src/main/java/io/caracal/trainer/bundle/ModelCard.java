package io.caracal.trainer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.scoring.ScoringSpeed;
import java.util.List;
import java.util.stream.Collectors;

/** The model card of a detector: what a person should know before trusting it. */
public final class ModelCard {
  private ModelCard() {}

  /**
   * Writes the card.
   *
   * @param recipe its recipe
   * @param descriptor its model.json, figures included
   * @param figures of every seed, the shipped one first
   * @param speed of the shipped model
   * @return Markdown
   */
  public static String of(
      Recipe recipe, JsonNode descriptor, List<Figures> figures, ScoringSpeed speed) {
    CardText card = new CardText();
    Figures shipped = figures.getFirst();
    card.line("# %s %s", recipe.id(), recipe.version());
    card.line("");
    card.line(
        "%s over the view%s %s.",
        recipe.family(),
        recipe.views().size() == 1 ? "" : "s",
        recipe.views().stream().map(view -> '`' + view + '`').collect(Collectors.joining(", ")));
    if (recipe.minimumPackets() > 1) {
      card.line("It abstains from flows of fewer than %d packets.", recipe.minimumPackets());
    }
    card.line(
        "%s",
        descriptor.path("kind").asText().equals("supervised")
            ? "Trained on labelled flows; the score is the probability of an attack."
            : "Trained on benign flows only; the score is a distance from them.");
    card.line("");
    if (descriptor.has("classes")) {
      card.line(
          "It names the classes %s.",
          String.join(
              ", ",
              recipe.classes().stream().map(c -> c.name() + " (" + c.technique() + ")").toList()));
      card.line("");
    }
    card.data(descriptor.path("training"));
    card.figures(shipped);
    if (figures.size() > 1) {
      JsonNode spread = descriptor.path("metrics").path("seeds");
      card.line(
          "Over %d seeds the ROC-AUC is %.4f with a standard deviation of %.4f, the PR-AUC %.4f"
              + " with %.4f.",
          figures.size(),
          spread.path("roc_auc").path("mean").asDouble(),
          spread.path("roc_auc").path("deviation").asDouble(),
          spread.path("pr_auc").path("mean").asDouble(),
          spread.path("pr_auc").path("deviation").asDouble());
      card.line("");
    }
    card.baselines(descriptor.path("metrics"));
    card.labels(shipped);
    card.speed(speed, descriptor.path("training"));
    card.limits(shipped, descriptor.path("training"));
    card.belowBenign(descriptor.path("metrics"));
    card.line(
        "- At 0.1 %% false positives a network of 1,000,000 flows a day has 1,000 false detections"
            + " a day by this detector alone; the ensemble decides on alerts.");
    return card.toString();
  }
}
