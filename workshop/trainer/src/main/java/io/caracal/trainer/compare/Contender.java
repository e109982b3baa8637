package io.caracal.trainer.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A detector and how its models fared, one for each seed.
 *
 * @param id the detector's
 * @param supervised whether it learnt from labels
 * @param outcomes one per seed
 */
public record Contender(String id, boolean supervised, List<Outcome> outcomes) {
  /** First lines of a table in Markdown. */
  public static final String HEAD =
      """
      | model | learns from | ROC-AUC | PR-AUC | TPR at 0.1 % FPR | TPR at 1 % FPR | new attacks: ROC-AUC | new attacks: TPR at 1 % FPR | accuracy | F1 | s |
      |---|---|---|---|---|---|---|---|---|---|---|
      """;

  /** Copies the list. */
  public Contender {
    outcomes = List.copyOf(outcomes);
  }

  /** Its line of the table. */
  public String line() {
    return "| "
        + String.join(
            " | ",
            id,
            supervised ? "labelled rows" : "benign rows",
            cell(Outcome::rocAuc),
            cell(Outcome::prAuc),
            cell(Outcome::tprAt001),
            cell(Outcome::tprAt01),
            cell(Outcome::newRocAuc),
            cell(Outcome::newTprAt01),
            cell(Outcome::accuracy),
            cell(Outcome::f1),
            String.format(Locale.ROOT, "%.0f", mean(Outcome::seconds)))
        + " |";
  }

  private double mean(ToDoubleFunction<Outcome> figure) {
    return outcomes.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private String cell(ToDoubleFunction<Outcome> figure) {
    double mean = mean(figure);
    if (Double.isNaN(mean)) {
      return "-";
    }
    double squares =
        outcomes.stream().mapToDouble(o -> Math.pow(figure.applyAsDouble(o) - mean, 2)).sum();
    return outcomes.size() == 1
        ? String.format(Locale.ROOT, "%.4f", mean)
        : String.format(
            Locale.ROOT, "%.4f ± %.4f", mean, Math.sqrt(squares / (outcomes.size() - 1)));
  }
}
