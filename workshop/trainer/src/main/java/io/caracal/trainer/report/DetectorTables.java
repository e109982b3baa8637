package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Tables of what {@code evaluate} measured of each detector. */
final class DetectorTables {
  private final JsonNode metrics;
  private final JsonNode detectors;

  DetectorTables(JsonNode metrics) {
    this.metrics = metrics;
    this.detectors = metrics.path("detectors");
  }

  /** The figures of a whole measurement, one row per detector. */
  Table summary() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> detector : detectors.properties()) {
      rows.add(figures(List.of(Cell.text(detector.getKey())), detector.getValue()));
    }
    return new Table(
        "Detectors",
        "By truth flow: a flow's score is the highest of its records; one without a score counts as"
            + " not detected. Curves and areas need no threshold; false detections are counted at"
            + " the threshold in force.",
        figureNames("detector"),
        rows);
  }

  private static List<String> figureNames(String... names) {
    List<String> header = new ArrayList<>(List.of(names));
    header.addAll(
        List.of(
            "ROC-AUC",
            "PR-AUC",
            "TPR at 0.1 % FPR",
            "TPR at 1 % FPR",
            "false detections per million benign flows",
            "abstained",
            "calibration error"));
    return header;
  }

  private static List<Cell> figures(List<Cell> names, JsonNode figures) {
    List<Cell> row = new ArrayList<>(names);
    row.add(Cell.number(figures.path("roc_auc"), 4));
    row.add(Cell.number(figures.path("pr_auc"), 4));
    row.add(Cell.number(figures.path("tpr_at_fpr_0.001"), 3));
    row.add(Cell.number(figures.path("tpr_at_fpr_0.01"), 3));
    row.add(Cell.number(figures.path("false_alerts_per_million_benign_flows"), 0));
    row.add(Cell.percent(figures.path("abstained_share")));
    row.add(Cell.number(figures.path("calibration").path("expected_calibration_error"), 3));
    return row;
  }

  /** The same by capture; no rows if there is only one. */
  Table byCapture() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> detector : detectors.properties()) {
      for (Map.Entry<String, JsonNode> capture :
          detector.getValue().path("captures").properties()) {
        rows.add(
            figures(
                List.of(Cell.text(capture.getKey()), Cell.text(detector.getKey())),
                capture.getValue()));
      }
    }
    return new Table("By capture", "", figureNames("capture", "detector"), rows);
  }

  /** Recall averaged over labels, at the threshold in force and at stated rates. */
  Table macroRecall() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> detector : detectors.properties()) {
      JsonNode figures = detector.getValue();
      double rate = figures.path("false_alerts_per_million_benign_flows").asDouble() / 1e6;
      rows.add(macro(detector.getKey(), "in force: " + percent(rate), figures));
      for (Map.Entry<String, JsonNode> at : figures.path("at_fpr").properties()) {
        String stated = percent(Double.parseDouble(at.getKey()));
        rows.add(macro(detector.getKey(), stated, at.getValue()));
      }
    }
    return new Table(
        "Recall averaged over labels",
        "Each label counts once, however many flows it has. New labels are those that no training"
            + " knew. A run is found if one of its flows is detected.",
        List.of(
            "detector", "false positives", "all labels", "trained labels", "new labels", "runs"),
        rows);
  }

  private static List<Cell> macro(String detector, String rate, JsonNode figures) {
    return List.of(
        Cell.text(detector),
        Cell.text(rate),
        Cell.recall(figures.path("macro_recall")),
        Cell.recall(figures.path("macro_recall_trained_labels")),
        Cell.recall(figures.path("macro_recall_new_labels")),
        Cell.alerted(figures.path("runs"), figures.path("alerted_runs")));
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * rate);
  }

  Table falseAlerts() {
    List<List<Cell>> rows = new ArrayList<>();
    double day = 0;
    for (Map.Entry<String, JsonNode> detector : detectors.properties()) {
      JsonNode alerts = detector.getValue().path("false_alerts");
      day = alerts.path("flows_per_day").asDouble();
      rows.add(
          List.of(
              Cell.text(detector.getKey()),
              Cell.number(alerts.path("benign_flows"), 0),
              Cell.number(alerts.path("detected_benign_flows"), 0),
              Cell.number(alerts.path("false_alerts"), 0),
              Cell.number(alerts.path("false_alerts_per_day"), 1)));
    }
    return new Table(
        "False alerts per day",
        String.format(
            Locale.ROOT,
            "At the threshold in force. Detections of one source and class within five minutes are"
                + " one alert. A day is %.0f benign flows: the count is multiplied by how many"
                + " times the benign flows measured on go into that; the captures' clock is not"
                + " used.",
            day),
        List.of("detector", "benign flows", "detected", "alerts", "alerts per day"),
        rows);
  }

  /** Share of detected flows of each label at the threshold in force. */
  Table recallByLabel() {
    return byLabel(
        "Recall by label, threshold in force",
        (figures, label) -> Cell.recall(figures.path("recall_by_label").path(label)));
  }

  /** The same where every detector may call the same share of benign flows attacks. */
  Table recallByLabelAt(String rate) {
    return byLabel(
        "Recall by label at " + percent(Double.parseDouble(rate)) + " false positives",
        (figures, label) ->
            Cell.recall(figures.path("at_fpr").path(rate).path("recall_by_label").path(label)));
  }

  Table runsByLabel() {
    return byLabel(
        "Attack runs with at least one detected flow",
        (figures, label) -> {
          JsonNode runs = figures.path("recall_by_run").path(label);
          return Cell.alerted(runs.path("runs"), runs.path("alerted"));
        });
  }

  private Table byLabel(String title, BiFunction<JsonNode, String, Cell> cell) {
    Set<String> labels = new TreeSet<>();
    metrics.path("truth_flows_by_label").fieldNames().forEachRemaining(labels::add);
    labels.remove("benign");
    Set<String> trained = new TreeSet<>();
    metrics.path("trained_labels").forEach(label -> trained.add(label.asText()));
    List<String> header = new ArrayList<>(List.of("label", "flows"));
    detectors.fieldNames().forEachRemaining(header::add);
    List<List<Cell>> rows = new ArrayList<>();
    for (String label : labels) {
      boolean unseen = !trained.isEmpty() && !trained.contains(label);
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(unseen ? label + " (new)" : label));
      row.add(Cell.number(metrics.path("truth_flows_by_label").path(label), 0));
      detectors.forEach(figures -> row.add(cell.apply(figures, label)));
      rows.add(row);
    }
    return new Table(title, "", header, rows);
  }

  /** What a detector's detections were called, by label and tool. */
  Table confusion(String detector) {
    JsonNode confusion = detectors.path(detector).path("confusion");
    Set<String> classes = new TreeSet<>();
    confusion.forEach(
        tools -> tools.forEach(tool -> tool.fieldNames().forEachRemaining(classes::add)));
    List<String> header = new ArrayList<>(List.of("label", "tool"));
    header.addAll(classes);
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : confusion.properties()) {
      for (Map.Entry<String, JsonNode> tool : label.getValue().properties()) {
        List<Cell> row =
            new ArrayList<>(List.of(Cell.text(label.getKey()), Cell.text(tool.getKey())));
        classes.forEach(name -> row.add(Cell.number(tool.getValue().path(name), 0)));
        rows.add(row);
      }
    }
    return new Table("Classes named by " + detector, "Flows.", header, rows);
  }

  /** How the captures' flows and their truth fit together. */
  Table captures() {
    List<String> keys =
        List.of(
            "flows",
            "flow_records",
            "unmatched_flows",
            "mixed_flows",
            "truth_flows",
            "matched_truth_flows",
            "merged_truth_flows",
            "unmatched_truth_flows",
            "truth_flows_not_ip");
    List<String> header = new ArrayList<>(List.of("capture"));
    keys.forEach(key -> header.add(key.replace('_', ' ')));
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> capture : metrics.path("captures").properties()) {
      List<Cell> row = new ArrayList<>(List.of(Cell.text(capture.getKey())));
      keys.forEach(key -> row.add(Cell.number(capture.getValue().path(key), 0)));
      rows.add(row);
    }
    List<String> leftOut = new ArrayList<>();
    metrics
        .path("records_left_out")
        .properties()
        .forEach(entry -> leftOut.add(entry.getValue().asText() + " " + entry.getKey()));
    return new Table(
        "Captures",
        leftOut.isEmpty() ? "" : "Records left out: " + String.join(", ", leftOut) + ".",
        header,
        rows);
  }
}
