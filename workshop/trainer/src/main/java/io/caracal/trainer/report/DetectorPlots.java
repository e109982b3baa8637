package io.caracal.trainer.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plots of what {@code evaluate} measured of each detector. */
final class DetectorPlots {
  private static final int STYLES = 8;
  private static final int SIDE = 380;
  private static final int SMALL_WIDTH = 240;
  private static final int SMALL_HEIGHT = 150;
  private static final double LEAST_RATE = 1e-4;

  private final JsonNode detectors;
  private final Markup out;

  DetectorPlots(JsonNode metrics, Markup out) {
    this.detectors = metrics.path("detectors");
    this.out = out;
  }

  /** Both curves of all detectors, side by side, with one legend. */
  void curves() {
    out.open("div", "class", "plots");
    curve(
        "ROC curves",
        "roc",
        new Axis("false-positive rate, logarithmic", LEAST_RATE, 1, true),
        Axis.share("true-positive rate"));
    curve(
        "Precision and recall", "precision_recall", Axis.share("recall"), Axis.share("precision"));
    out.close("div");
    legend();
  }

  private void curve(String title, String key, Axis x, Axis y) {
    out.open("figure");
    Plot plot = Plot.begin(out, title, SIDE, SIDE, x, y);
    int style = 0;
    for (Map.Entry<String, JsonNode> detector : detectors.properties()) {
      plot.line(detector.getValue().path(key), style(style++), detector.getKey());
    }
    plot.end();
    out.element("figcaption", title).close("figure");
  }

  private void legend() {
    out.open("ul", "class", "legend");
    int style = 0;
    for (String name : (Iterable<String>) detectors::fieldNames) {
      out.open("li");
      out.open("svg", "width", "34", "height", "10", "aria-hidden", "true");
      out.empty(
          "line", "class", "line " + style(style++), "x1", "0", "x2", "34", "y1", "5", "y2", "5");
      out.close().text(" " + name).close();
    }
    out.close("ul");
  }

  /** A colour for each, the later ones dashed. */
  private static String style(int number) {
    return "c" + number % STYLES + (number < STYLES ? "" : " dashed");
  }

  void calibration() {
    out.element("p", "For the share of attacks in these data, which a network does not have.");
    out.open("div", "class", "plots");
    for (Map.Entry<String, JsonNode> detector : detectors.properties()) {
      JsonNode calibration = detector.getValue().path("calibration");
      if (calibration.isMissingNode()) {
        continue;
      }
      out.open("figure");
      Plot plot =
          Plot.begin(
              out,
              "Calibration of " + detector.getKey(),
              SMALL_WIDTH,
              SMALL_WIDTH,
              Axis.share("mean probability"),
              Axis.share("share of attacks"));
      plot.line(diagonal(), "ideal", "what a calibrated probability would be");
      for (JsonNode bin : calibration.path("bins")) {
        plot.dot(
            bin.path("mean_probability").asDouble(),
            bin.path("share_of_attacks").asDouble(),
            "dot",
            bin.path("flows").asText() + " flows");
      }
      plot.end();
      String error = Cell.number(calibration.path("expected_calibration_error"), 3).text();
      out.element("figcaption", detector.getKey() + ": expected calibration error " + error);
      out.close("figure");
    }
    out.close("div");
  }

  private static JsonNode diagonal() {
    ArrayNode points = JsonNodeFactory.instance.arrayNode();
    points.addArray().add(0).add(0);
    points.addArray().add(1).add(1);
    return points;
  }

  void histograms() {
    out.element("p", "Benign flows filled, attacks outlined; the upright line is the threshold.");
    out.open("div", "class", "plots");
    for (Map.Entry<String, JsonNode> detector : detectors.properties()) {
      JsonNode histogram = detector.getValue().path("histogram");
      List<Double> benign = shares(histogram, "benign");
      List<Double> attack = shares(histogram, "attack");
      double most =
          Math.max(
              benign.stream().mapToDouble(d -> d).max().orElse(0),
              attack.stream().mapToDouble(d -> d).max().orElse(0));
      out.open("figure");
      Plot plot =
          Plot.begin(
              out,
              "Scores of " + detector.getKey(),
              SMALL_WIDTH,
              SMALL_HEIGHT,
              new Axis(
                  histogram.path("axis").asText(),
                  histogram.path("from").asDouble(),
                  histogram.path("to").asDouble(),
                  false),
              new Axis("share of flows", 0, Math.max(most, 0.01), false));
      plot.bars(benign, "benign", "benign").bars(attack, "attack", "attack");
      if (histogram.path("threshold_at").isNumber()) {
        plot.upright(histogram.path("threshold_at").asDouble(), "threshold");
      }
      plot.end();
      out.element("figcaption", detector.getKey() + unscored(histogram)).close("figure");
    }
    out.close("div");
  }

  private static List<Double> shares(JsonNode histogram, String kind) {
    double all = histogram.path("abstained_" + kind).asDouble();
    for (JsonNode count : histogram.path(kind)) {
      all += count.asDouble();
    }
    List<Double> shares = new ArrayList<>();
    for (JsonNode count : histogram.path(kind)) {
      shares.add(count.asDouble() / Math.max(1, all));
    }
    return shares;
  }

  private static String unscored(JsonNode histogram) {
    int benign = histogram.path("abstained_benign").asInt();
    int attack = histogram.path("abstained_attack").asInt();
    return benign + attack == 0
        ? ""
        : String.format(
            Locale.ROOT, "; no score for %d benign flows and %d attacks", benign, attack);
  }
}
