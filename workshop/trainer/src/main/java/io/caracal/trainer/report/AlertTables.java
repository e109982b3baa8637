package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables of the alerts that the sensor raised. */
final class AlertTables {
  private final JsonNode alerts;

  AlertTables(JsonNode metrics) {
    alerts = metrics.path("alerts");
  }

  Table alerts() {
    List<List<Cell>> rows = new ArrayList<>();
    if (!alerts.isMissingNode()) {
      rows.add(
          List.of(
              Cell.alerted(alerts.path("runs"), alerts.path("alerted_runs")),
              Cell.number(alerts.path("runs_by_flow"), 0),
              Cell.number(alerts.path("runs_by_source"), 0),
              Cell.number(alerts.path("runs_by_victim"), 0),
              Cell.number(alerts.path("true_alerts"), 0),
              Cell.number(alerts.path("false_alerts"), 0),
              Cell.number(alerts.path("unknown_alerts"), 0),
              Cell.number(alerts.path("false_alerts_per_million_benign_flows"), 0),
              Cell.number(alerts.path("false_alerts_per_day"), 1),
              Cell.number(alerts.path("expected_false_alerts_per_day"), 1)));
    }
    return new Table(
        "Alerts",
        "What the sensor told, of flows and of hosts. A run is alerted if one of its flows is"
            + " behind an alert: as a detection by itself, or else as evidence against its source,"
            + " or else as evidence of a victim of many sources. An alert is false if benign flows"
            + " alone are behind it, and unknown if the truth knows none of its flows.",
        List.of(
            "runs alerted",
            "by a flow",
            "by the source",
            "by the victim",
            "true alerts",
            "false alerts",
            "unknown",
            "false alerts per million benign flows",
            "a day",
            "expected"),
        rows);
  }

  Table byLabel() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : alerts.path("labels").properties()) {
      JsonNode figures = label.getValue();
      rows.add(
          List.of(
              Cell.text(label.getKey()),
              Cell.alerted(figures.path("runs"), figures.path("alerted_runs")),
              Cell.alerted(figures.path("hosts"), figures.path("alerted_hosts")),
              Cell.number(figures.path("alerts"), 0)));
    }
    return new Table(
        "Alerts by label",
        "Attacking hosts are those that began a flow of the attack; addresses that a flood makes"
            + " up count too.",
        List.of("label", "runs alerted", "attacking hosts alerted", "alerts"),
        rows);
  }
}
