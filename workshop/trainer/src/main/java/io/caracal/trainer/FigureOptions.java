package io.caracal.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.evaluate.FalseAlerts;
import io.caracal.trainer.evaluate.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how figures are told. */
final class FigureOptions {
  /** As the setting alerts.window has it. */
  private static final double ALERT_WINDOW_SECONDS = 300;

  @Option(
      names = "--fpr",
      paramLabel = "RATE",
      split = ",",
      defaultValue = "0.001,0.0042,0.01",
      description =
          "false-positive rates at which recall by label is told; default: ${DEFAULT-VALUE}")
  private List<Double> rates = List.of();

  @Option(
      names = "--trained-on",
      paramLabel = "FILE",
      description =
          "model.json or ensemble.json of a bundle: recall is also told apart for labels that its"
              + " training knew and for new ones")
  private @Nullable Path trainedOn;

  @Option(
      names = "--flows-per-day",
      paramLabel = "N",
      defaultValue = "200000",
      description =
          "benign flows that make a day, for false alerts per day; default: ${DEFAULT-VALUE}")
  private double flowsPerDay;

  Measurement measurement(Corpus corpus) {
    FalseAlerts falseAlerts =
        new FalseAlerts(
            flowsPerDay,
            ALERT_WINDOW_SECONDS,
            flow -> corpus.campaigns().get(flow.campaign()).rows().source(flow.row()).toString());
    return new Measurement(rates, trained(), falseAlerts);
  }

  private Set<String> trained() {
    Set<String> labels = new TreeSet<>();
    if (trainedOn == null) {
      return labels;
    }
    JsonNode descriptor;
    try {
      descriptor = Json.object(Files.readAllBytes(trainedOn));
    } catch (IOException e) {
      throw TrainerException.unreadable("the descriptor", trainedOn, e);
    }
    JsonNode records = descriptor.path("training").path("records_by_label");
    for (Map.Entry<String, JsonNode> label : records.properties()) {
      if (label.getValue().has("train")) {
        labels.add(label.getKey());
      }
    }
    if (labels.isEmpty()) {
      throw new TrainerException(
          trainedOn
              + " says nothing of labels: name the model.json or ensemble.json of a bundle that"
              + " caracal train wrote");
    }
    return labels;
  }
}
