package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * What is measured of a detector, as metrics.json tells it.
 *
 * @param rates false-positive rates at which recall is told
 * @param trained labels that training knew; empty if that is not known
 * @param falseAlerts how false alerts are counted
 */
public record Measurement(List<Double> rates, Set<String> trained, FalseAlerts falseAlerts) {
  /** Copies the collections. */
  public Measurement {
    rates = List.copyOf(rates);
    trained = Set.copyOf(trained);
  }

  /**
   * Measures one detector.
   *
   * @param verdicts what it said
   * @param captures names of the captures, by index; figures by capture follow if there are several
   * @return figures, curves and tables
   */
  ObjectNode of(Verdicts verdicts, List<String> captures) {
    ObjectNode node = figures(verdicts);
    Ranking ranking = verdicts.ranking();
    Point.into(node.putArray("roc"), ranking.roc());
    Point.into(node.putArray("precision_recall"), ranking.precisionRecall());
    if (verdicts.probability()) {
      node.set("calibration", Calibration.of(verdicts));
    }
    node.set("histogram", Histogram.of(verdicts));
    node.set("confusion", Confusion.of(verdicts));
    node.set("false_alerts", falseAlerts.of(verdicts));
    if (captures.size() > 1) {
      ObjectNode byCapture = node.putObject("captures");
      for (int c = 0; c < captures.size(); c++) {
        int capture = c;
        byCapture.set(
            captures.get(c),
            figures(verdicts.where(i -> verdicts.flows().get(i).campaign() == capture)));
      }
    }
    return node;
  }

  private ObjectNode figures(Verdicts verdicts) {
    Figures figures = Figures.of(verdicts.flows(), verdicts.scores(), verdicts.threshold());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("score", verdicts.probability() ? "probability" : "distance");
    node.setAll(figures.toJson());
    RecallAtRate.means(node, figures, trained);
    ObjectNode atRate = node.putObject("at_fpr");
    for (double rate : rates) {
      atRate.set(Double.toString(rate), RecallAtRate.of(verdicts, rate, trained));
    }
    return node;
  }
}
