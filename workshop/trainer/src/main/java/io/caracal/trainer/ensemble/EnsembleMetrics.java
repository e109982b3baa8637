package io.caracal.trainer.ensemble;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.evaluate.FlowGroups;
import java.util.function.DoubleFunction;

/** An ensemble's figures on the validation part, and what other budgets of false alerts buy. */
final class EnsembleMetrics {
  private final DoubleFunction<Figures> atBudget;
  private final EnsembleSettings settings;

  EnsembleMetrics(
      EnsembleSettings settings,
      Combination combination,
      FalseAlertCurve curve,
      MemberScores validation) {
    this.settings = settings;
    FlowGroups groups = new FlowGroups(validation.examples());
    float[] probabilities = validation.probabilities(combination);
    atBudget = perDay -> Figures.of(groups, probabilities, curve.threshold(perDay));
  }

  /** At the recipe's own budget. */
  Figures figures() {
    return atBudget.apply(settings.falseAlertsPerDay());
  }

  ObjectNode toJson() {
    ObjectNode metrics = figures().toJson();
    metrics.put("false_alerts_per_day", settings.falseAlertsPerDay());
    ArrayNode budgets = metrics.putArray("budgets");
    settings.budgets().forEach(perDay -> budgets.add(budget(perDay, atBudget.apply(perDay))));
    return metrics;
  }

  private static ObjectNode budget(double perDay, Figures figures) {
    double recall =
        figures.recallByLabel().values().stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(0);
    int runs = figures.runsByLabel().values().stream().mapToInt(Integer::intValue).sum();
    return JsonNodeFactory.instance
        .objectNode()
        .put("perDay", perDay)
        .put("threshold", figures.threshold())
        .put("false_alerts_per_million_benign_flows", figures.falseAlertsPerMillion())
        .put("mean_recall_of_labels", recall)
        .put("runs", runs)
        .put("alerted_runs", runs - figures.missedRuns().size());
  }
}
