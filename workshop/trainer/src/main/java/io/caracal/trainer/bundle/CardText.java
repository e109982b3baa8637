package io.caracal.trainer.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.FormatMethod;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.scoring.ScoringSpeed;
import java.util.Locale;
import java.util.StringJoiner;

/** The sections that every card has, as Markdown. */
final class CardText {
  private final StringBuilder text = new StringBuilder();

  @FormatMethod
  void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  /** Where the data come from and how they were divided. */
  void data(JsonNode training) {
    line("## Data");
    line("");
    for (JsonNode capture : training.path("captures")) {
      line("- `%s`, SHA-256 `%s`", capture.path("name").asText(), capture.path("sha256").asText());
    }
    JsonNode split = training.path("split");
    line("");
    line(
        "Attack runs are dealt whole, by label: %.0f %% to calibration, %.0f %% to validation, the"
            + " rest to training. Benign time is cut into cycles of %.0f s with a stretch for each"
            + " part and a gap of %.0f s after every cut. No run and no stretch is on two sides.",
        100 * split.path("calibration").asDouble(),
        100 * split.path("validation").asDouble(),
        split.path("cycle_seconds").asDouble(),
        split.path("gap_seconds").asDouble());
    line("");
  }

  /** Figures on the validation part. */
  void figures(Figures figures) {
    line("## Figures on the validation part, by flow");
    line("");
    line("| flows | ROC-AUC | PR-AUC | TPR at 0.1 %% FPR | TPR at 1 %% FPR |");
    line("|---|---|---|---|---|");
    rates("all", figures.all());
    rates("without the servers' own look-ups (`infra`)", figures.withoutInfra());
    rates("those it scored", figures.scored());
    line("");
    line(
        "At its threshold of %.6g it calls %.0f of a million benign flows attacks; it abstained"
            + " from %.1f %% of the flows, which count as not detected.",
        figures.threshold(), figures.falseAlertsPerMillion(), 100 * figures.abstained());
    line("");
  }

  private void rates(String name, Figures.Rates rates) {
    line(
        "| %s | %.4f | %.4f | %.4f | %.4f |",
        name, rates.rocAuc(), rates.prAuc(), rates.tprAt001(), rates.tprAt01());
  }

  /** Simple methods on the same flows, of an unsupervised detector. */
  void baselines(JsonNode metrics) {
    JsonNode baselines = metrics.path("baselines");
    if (baselines.isMissingNode()) {
      return;
    }
    line("## Against simple methods");
    line("");
    line("Fitted to the same benign flows and columns, measured on the same validation part:");
    line("");
    line("| method | ROC-AUC | PR-AUC | TPR at 0.1 %% FPR | TPR at 1 %% FPR |");
    line("|---|---|---|---|---|");
    row("this detector", metrics);
    row(
        "PCA, "
            + baselines.path("pca").path("components").asInt()
            + " components (the number that ranks the calibration flows best), same residual",
        baselines.path("pca"));
    if (baselines.has("rate")) {
      row("box plot of packet, byte and connection counts and rates", baselines.path("rate"));
    }
    line("");
    line(
        "%s",
        metrics.path("better_than_pca").asBoolean()
            ? "Better than PCA by the mean ROC-AUC of its seeds."
            : "**Not better than PCA** by the mean ROC-AUC of its seeds.");
    line("");
  }

  private void row(String name, JsonNode rates) {
    line(
        "| %s | %.4f | %.4f | %.4f | %.4f |",
        name,
        rates.path("roc_auc").asDouble(),
        rates.path("pr_auc").asDouble(),
        rates.path("tpr_at_fpr_0.001").asDouble(),
        rates.path("tpr_at_fpr_0.01").asDouble());
  }

  /** Attacks that look more normal than normal traffic does. */
  void belowBenign(JsonNode metrics) {
    JsonNode labels = metrics.path("labels_below_benign");
    if (!labels.isEmpty()) {
      line("- Scores lower than benign flows more often than not: %s.", names(labels));
    }
  }

  private static String names(JsonNode labels) {
    StringJoiner names = new StringJoiner(", ");
    labels.forEach(label -> names.add(label.asText()));
    return names.toString();
  }

  /** Recall by label, and by run. */
  void labels(Figures figures) {
    line("| label | detected flows | detected runs |");
    line("|---|---|---|");
    figures
        .recallByLabel()
        .forEach(
            (label, recall) ->
                line(
                    "| %s | %.1f %% | %d of %d |",
                    label,
                    100 * recall,
                    figures.alertedRunsByLabel().get(label),
                    figures.runsByLabel().get(label)));
    line("");
  }

  /** How fast it is, as measured by this training on this machine. */
  void speed(ScoringSpeed speed, JsonNode training) {
    line("## Speed");
    line("");
    line("Flows per second of one core (%s), by the size of the batch:", Processor.name());
    line("");
    StringBuilder sizes = new StringBuilder("|");
    StringBuilder rule = new StringBuilder("|");
    StringBuilder flows = new StringBuilder("|");
    speed
        .flowsPerSecond()
        .forEach(
            (batch, perSecond) -> {
              sizes.append(' ').append(batch).append(" |");
              rule.append("---|");
              flows.append(String.format(Locale.ROOT, " %,.0f |", rounded(perSecond)));
            });
    line("%s", sizes);
    line("%s", rule);
    line("%s", flows);
    line("");
    line("Recommended batch: %d.", speed.bestBatch());
    if (training.has("onnx_opset")) {
      line(
          "Operator set %d; %d nodes after ONNX Runtime's full graph optimization.",
          training.path("onnx_opset").asInt(), training.path("onnx_optimized_nodes").asInt());
    } else {
      line("Measured by Tribuo's own predict; the sensor compiles forests, see performance.md.");
    }
    line("");
  }

  /** To two significant digits, which is what such a measurement can say. */
  private static double rounded(double value) {
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(value)) - 1));
    return Math.rint(value / unit) * unit;
  }

  /** What it is bad at. */
  void limits(Figures figures, JsonNode training) {
    line("## Limits");
    line("");
    if (!figures.weakLabels().isEmpty()) {
      line("- Weak (fewer than half the flows): %s.", String.join(", ", figures.weakLabels()));
    }
    JsonNode single = training.path("split").path("train_only_labels");
    if (!single.isEmpty()) {
      line("- Trained on but never measured, for want of a second run: %s.", single);
    }
    line(
        "- The traffic comes from a testbed of real tools and servers: one kernel's TCP stack, no"
            + " Windows, no people. Figures on other networks will be lower; measure with"
            + " `caracal evaluate`.");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
