package io.caracal.trainer.evaluate;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The evaluation as a short table for a person. */
public final class EvaluationTable {
  private EvaluationTable() {}

  /**
   * Prints.
   *
   * @param evaluation what was measured
   * @param out where to
   */
  public static void print(Evaluation evaluation, PrintStream out) {
    Map<String, Figures> figures = evaluation.figures();
    out.printf(
        Locale.ROOT,
        "%-16s %8s %8s %10s %10s %14s %10s%n",
        "detector",
        "ROC-AUC",
        "PR-AUC",
        "TPR@0.1%",
        "TPR@1%",
        "false/million",
        "abstained");
    figures.forEach(
        (detector, f) ->
            out.printf(
                Locale.ROOT,
                "%-16s %8.4f %8.4f %10.4f %10.4f %14.0f %10.4f%n",
                detector,
                f.all().rocAuc(),
                f.all().prAuc(),
                f.all().tprAt001(),
                f.all().tprAt01(),
                f.falseAlertsPerMillion(),
                f.abstained()));
    out.println();
    out.println("share of detected flows by label; runs alerted by the last column's detector");
    List<String> detectors = List.copyOf(figures.keySet());
    if (detectors.isEmpty()) {
      return;
    }
    Figures last = figures.get(detectors.getLast());
    out.printf("%-20s", "label");
    detectors.forEach(detector -> out.printf(" %14s", detector));
    out.printf(" %10s%n", "runs");
    last.recallByLabel()
        .keySet()
        .forEach(
            label -> {
              out.printf("%-20s", label);
              detectors.forEach(
                  d ->
                      out.printf(
                          Locale.ROOT, " %14.3f", figures.get(d).recallByLabel().get(label)));
              out.printf(
                  " %4d of %2d%n",
                  last.alertedRunsByLabel().get(label), last.runsByLabel().get(label));
            });
    if (!last.weakLabels().isEmpty()) {
      out.println();
      out.println("weak (recall below one half): " + String.join(", ", last.weakLabels()));
    }
  }
}
