package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What mutations of attacks cost. */
final class RobustnessTables {
  private final JsonNode mutations;

  RobustnessTables(JsonNode metrics) {
    mutations = metrics.path("mutations");
  }

  /** Found flows before and after each mutation, by detector. */
  Table losses() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> mutation : mutations.properties()) {
      for (Map.Entry<String, JsonNode> detector :
          mutation.getValue().path("detectors").properties()) {
        List<Cell> row =
            new ArrayList<>(
                List.of(
                    Cell.text(mutation.getKey()),
                    Cell.number(mutation.getValue().path("changed_flows"), 0),
                    Cell.text(detector.getKey())));
        for (String key : List.of("tpr_at_fpr_0.01", "tpr_at_fpr_0.001", "tpr_in_force")) {
          row.add(Cell.recall(detector.getValue().path(key).path("before")));
          row.add(Cell.recall(detector.getValue().path(key).path("after")));
        }
        rows.add(row);
      }
    }
    return new Table(
        "Mutated attacks",
        "Of the attack flows that the mutation changed those that are found before and after, at"
            + " thresholds that stay those of the traffic as it was.",
        List.of(
            "mutation",
            "changed flows",
            "detector",
            "TPR at 1 % FPR",
            "after",
            "TPR at 0.1 % FPR",
            "after",
            "TPR in force",
            "after"),
        rows);
  }
}
