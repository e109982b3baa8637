package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables of attack classes that no training knew. */
final class LeaveOutTables {
  private final JsonNode result;

  LeaveOutTables(JsonNode metrics) {
    result = metrics.path("leave_one_class_out");
  }

  /** TPR of each class left out at a false-positive rate of 1 or 0.1 %. */
  Table rates(String title, String key) {
    List<String> header = new ArrayList<>(List.of("class left out", "flows", "runs"));
    result.path("mean_of_classes").fieldNames().forEachRemaining(header::add);
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> left : result.path("classes").properties()) {
      List<Cell> row = new ArrayList<>(List.of(Cell.text(left.getKey())));
      row.add(Cell.number(left.getValue().path("flows"), 0));
      row.add(Cell.number(left.getValue().path("runs"), 0));
      left.getValue().path("detectors").forEach(detector -> row.add(spread(detector.path(key))));
      rows.add(row);
    }
    if (!rows.isEmpty()) {
      List<Cell> means =
          new ArrayList<>(List.of(Cell.text("mean of the classes"), Cell.text(""), Cell.text("")));
      result.path("mean_of_classes").forEach(detector -> means.add(spread(detector.path(key))));
      rows.add(means);
    }
    return new Table(title, note(), header, rows);
  }

  private String note() {
    List<String> seeds = new ArrayList<>();
    result.path("seeds").forEach(seed -> seeds.add(seed.asText()));
    String epochs =
        result.has("epochs_at_most")
            ? " Trained for at most " + result.path("epochs_at_most").asInt() + " epochs."
            : "";
    return "Trained without any flow of the class, measured on all its flows against the benign"
        + " flows of the validation part. Mean and standard deviation over the seeds "
        + String.join(", ", seeds)
        + "."
        + epochs;
  }

  private static Cell spread(JsonNode spread) {
    double mean = spread.path("mean").asDouble(Double.NaN);
    return Double.isNaN(mean)
        ? Cell.text("-")
        : new Cell(
            String.format(Locale.ROOT, "%.3f ± %.3f", mean, spread.path("deviation").asDouble()),
            mean);
  }
}
