package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the sensor works: what the cascade saves and costs, how faithful explanations are. */
final class CascadeTables {
  private final JsonNode cascade;
  private final JsonNode explanations;

  CascadeTables(JsonNode metrics) {
    cascade = metrics.path("cascade");
    explanations = metrics.path("explanations");
  }

  /** Time and detection as a whole. */
  Table cost() {
    List<List<Cell>> rows = new ArrayList<>();
    if (!cascade.isMissingNode()) {
      rows.add(row("all detectors on all flows", "milliseconds_all", "all"));
      rows.add(row("cascade", "milliseconds", "cascade"));
    }
    return new Table(
        "Cascade",
        "Time inside the detectors and what the ensemble finds, with all installed detectors on all"
            + " flow records and as the sensor works. The time of those alone that the ensemble"
            + " needs, on all records, is "
            + cascade.path("milliseconds_members").asLong()
            + " ms.",
        List.of(
            "",
            "scoring, ms",
            "TPR at 1 % FPR",
            "TPR at 0.1 % FPR",
            "TPR in force",
            "FPR in force",
            "calibration error"),
        rows);
  }

  private List<Cell> row(String name, String time, String key) {
    return List.of(
        Cell.text(name),
        Cell.number(cascade.path(time), 0),
        Cell.number(cascade.path("tpr_at_fpr_0.01").path(key), 4),
        Cell.number(cascade.path("tpr_at_fpr_0.001").path(key), 4),
        Cell.number(cascade.path("tpr_in_force").path(key), 4),
        Cell.number(cascade.path("fpr_in_force").path(key), 6),
        Cell.number(cascade.path("expected_calibration_error").path(key), 4));
  }

  /** Records and time by detector. */
  Table detectors() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> detector : cascade.path("detectors").properties()) {
      List<Cell> row = new ArrayList<>(List.of(Cell.text(detector.getKey())));
      for (String key :
          List.of("scored_all", "milliseconds_all", "scored", "skipped", "milliseconds")) {
        row.add(Cell.number(detector.getValue().path(key), 0));
      }
      rows.add(row);
    }
    return new Table(
        "Cascade by detector",
        "Flow records that each detector scored and the time it took, without and with the"
            + " cascade; skipped are those that it was not asked about.",
        List.of("detector", "scored, all", "ms", "scored, cascade", "skipped", "ms"),
        rows);
  }

  /** How often the features named undo a judgement. */
  Table explanations() {
    List<List<Cell>> rows =
        explanations.isMissingNode()
            ? List.of()
            : List.of(
                List.of(
                    Cell.number(explanations.path("made"), 0),
                    Cell.number(explanations.path("of_detections"), 0),
                    Cell.number(explanations.path("undone"), 0),
                    Cell.recall(explanations.path("undone_share")),
                    Cell.number(explanations.path("milliseconds_each"), 1)));
    return new Table(
        "Explanations",
        "Of flows that are detections by themselves those whose judgement falls below the threshold"
            + " when the first three features named are made typical.",
        List.of("explanations", "of detections", "undone", "share", "ms each"),
        rows);
  }
}
