package io.caracal.trainer.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Recall of each label at the threshold that lets a stated share of these benign flows pass as
 * attacks, and the mean over labels, each counting once however many flows it has: over all, over
 * those that the detectors were trained on and over those that they were not.
 */
final class RecallAtRate {
  private RecallAtRate() {}

  /**
   * Measures.
   *
   * @param verdicts of one detector
   * @param rate share of benign flows
   * @param trained labels that training knew; empty if that is not known
   */
  static ObjectNode of(Verdicts verdicts, double rate, Set<String> trained) {
    double threshold = verdicts.ranking().thresholdAtFpr(rate);
    Figures figures = Figures.of(verdicts.flows(), verdicts.scores(), threshold);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Figures.put(node, "threshold", threshold);
    Figures.put(node, "fpr", figures.falseAlertsPerMillion() / 1e6);
    means(node, figures, trained);
    ObjectNode recall = node.putObject("recall_by_label");
    figures.recallByLabel().forEach((label, share) -> Figures.put(recall, label, share));
    return node;
  }

  /** Means of a detector's recall over labels and over runs. */
  static void means(ObjectNode node, Figures figures, Set<String> trained) {
    Figures.put(node, "macro_recall", mean(figures, label -> true));
    if (!trained.isEmpty()) {
      Figures.put(node, "macro_recall_trained_labels", mean(figures, trained::contains));
      Figures.put(node, "macro_recall_new_labels", mean(figures, l -> !trained.contains(l)));
    }
    int runs = figures.runsByLabel().values().stream().mapToInt(Integer::intValue).sum();
    node.put("runs", runs).put("alerted_runs", runs - figures.missedRuns().size());
  }

  private static double mean(Figures figures, Predicate<String> wanted) {
    return figures.recallByLabel().entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .mapToDouble(entry -> entry.getValue())
        .average()
        .orElse(Double.NaN);
  }
}
