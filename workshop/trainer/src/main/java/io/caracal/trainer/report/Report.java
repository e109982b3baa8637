package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of a report, in order: all that metrics.json holds something for. */
final class Report {
  private final JsonNode metrics;

  private final DetectorTables detectors;

  private final AlertTables alerts;

  Report(JsonNode metrics) {
    this.metrics = metrics;
    this.detectors = new DetectorTables(metrics);
    this.alerts = new AlertTables(metrics);
  }

  /** Figures of each detector as a whole. */
  List<Table> figures() {
    return filled(
        alerts.alerts(),
        detectors.summary(),
        detectors.byCapture(),
        detectors.macroRecall(),
        detectors.falseAlerts());
  }

  /** What becomes of each label. */
  List<Table> labels() {
    List<Table> tables = new ArrayList<>(List.of(alerts.byLabel(), detectors.recallByLabel()));
    highestRate().ifPresent(rate -> tables.add(detectors.recallByLabelAt(rate)));
    tables.add(detectors.runsByLabel());
    return filled(tables.toArray(Table[]::new));
  }

  private Optional<String> highestRate() {
    List<String> rates = new ArrayList<>();
    for (JsonNode detector : metrics.path("detectors")) {
      detector.path("at_fpr").fieldNames().forEachRemaining(rates::add);
    }
    return rates.stream()
        .max((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)));
  }

  /** What detections were called, by detector. */
  List<Table> confusion() {
    List<Table> tables = new ArrayList<>();
    for (String name : (Iterable<String>) () -> metrics.path("detectors").fieldNames()) {
      if (metrics.path("detectors").path(name).path("score").asText().equals("probability")) {
        tables.add(detectors.confusion(name));
      }
    }
    return filled(tables.toArray(Table[]::new));
  }

  /** Captures that are labelled as a whole. */
  List<Table> sources() {
    SourceTables sources = new SourceTables(metrics);
    return filled(sources.alerted(), sources.flows(), sources.captures());
  }

  /** Attacks that no training knew. */
  List<Table> unknown() {
    LeaveOutTables tables = new LeaveOutTables(metrics);
    return filled(
        tables.rates("Classes never trained on: TPR at 1 % FPR", "tpr_at_fpr_0.01"),
        tables.rates("Classes never trained on: TPR at 0.1 % FPR", "tpr_at_fpr_0.001"));
  }

  /** Attacks that were made harder to see. */
  List<Table> mutations() {
    return filled(new RobustnessTables(metrics).losses());
  }

  /** What the cascade saves and costs, and how faithful explanations are. */
  List<Table> cascade() {
    CascadeTables tables = new CascadeTables(metrics);
    return filled(tables.cost(), tables.detectors(), tables.explanations());
  }

  /** Where the figures come from. */
  List<Table> data() {
    return filled(detectors.captures());
  }

  private static List<Table> filled(Table... tables) {
    return List.of(tables).stream().filter(table -> !table.empty()).toList();
  }
}
