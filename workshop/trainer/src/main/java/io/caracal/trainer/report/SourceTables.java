package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables of captures that are labelled as a whole. */
final class SourceTables {
  private static final String BENIGN = "benign";

  private final JsonNode sources;
  private final Set<String> detectors = new LinkedHashSet<>();

  SourceTables(JsonNode metrics) {
    this.sources = metrics.path("sources");
    for (JsonNode label : sources.path("labels")) {
      label.path("detectors").fieldNames().forEachRemaining(detectors::add);
    }
  }

  /** Attack captures with a detection, by label. */
  Table alerted() {
    List<String> header = new ArrayList<>(List.of("label", "captures"));
    header.addAll(detectors);
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : sources.path("labels").properties()) {
      if (!label.getKey().equals(BENIGN)) {
        JsonNode all = label.getValue().path("captures");
        List<Cell> row = new ArrayList<>(List.of(Cell.text(label.getKey()), Cell.number(all, 0)));
        detectors.forEach(
            d -> row.add(Cell.alerted(all, figures(label.getValue(), d).path("alerted_captures"))));
        rows.add(row);
      }
    }
    return new Table(
        "Captures with a detection, by label",
        "At the thresholds in force. Where it is known which flows are the attack, one of them must"
            + " be detected; elsewhere any flow will do.",
        header,
        rows);
  }

  /** Detected flows where every flow of a capture, or of an attacker in it, is of one kind. */
  Table flows() {
    List<String> header = new ArrayList<>(List.of("label", "flows"));
    header.addAll(detectors);
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : sources.path("labels").properties()) {
      JsonNode all = label.getValue().path("labelled_flows");
      List<Cell> row = new ArrayList<>(List.of(Cell.text(label.getKey()), Cell.number(all, 0)));
      for (String detector : detectors) {
        JsonNode hits = figures(label.getValue(), detector).path("detected_labelled_flows");
        Cell cell = Cell.alerted(all, hits);
        row.add(label.getKey().equals(BENIGN) ? Cell.text(cell.text()) : cell);
      }
      rows.add(row);
    }
    return new Table(
        "Detected flows, by label",
        "Only flows that the label is known to hold for. Those of benign captures are false"
            + " detections.",
        header,
        rows);
  }

  /** Every capture that is not benign, and every benign one with a detection. */
  Table captures() {
    List<String> header = new ArrayList<>(List.of("capture", "label", "family", "scope", "flows"));
    header.addAll(detectors);
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode capture : sources.path("captures")) {
      boolean any = false;
      List<Cell> row = new ArrayList<>();
      for (String key : List.of("capture", "label", "family", "scope", "flows")) {
        row.add(Cell.text(capture.path(key).asText()));
      }
      for (String detector : detectors) {
        int hits = figures(capture, detector).path("detected_flows").asInt();
        any |= hits > 0;
        row.add(Cell.text(Integer.toString(hits)));
      }
      if (any || !capture.path("label").asText().equals(BENIGN)) {
        rows.add(row);
      }
    }
    String unread = sources.path("unreadable").size() + " captures could not be read.";
    return new Table(
        "Detected flows, by capture",
        "Benign captures without any detection are left out here. " + unread,
        header,
        rows);
  }

  private static JsonNode figures(JsonNode node, String detector) {
    return node.path("detectors").path(detector);
  }
}
