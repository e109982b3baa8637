package io.caracal.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.AlertFigures;
import io.caracal.trainer.evaluate.FalseAlerts;
import io.caracal.trainer.evaluate.Measurement;
import io.caracal.trainer.evaluate.SensorAlerts;
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
  /** As the setting alerts.false-per-day has it. */
  private static final double FALSE_PER_DAY = 5;

  /** As the setting alerts.flows-per-day has it. */
  private static final double FLOWS_PER_DAY = 50_000;

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

  /** What the sensor's alerts are worth, beside what its budget lets expect. */
  ObjectNode alerts(
      Corpus corpus, List<Example> examples, List<SensorAlerts> alerts, List<String> settings) {
    double perDay = setting(settings, "alerts.false-per-day", FALSE_PER_DAY);
    double flows = setting(settings, "alerts.flows-per-day", FLOWS_PER_DAY);
    return AlertFigures.of(corpus, examples, alerts, flowsPerDay, perDay * flowsPerDay / flows);
  }

  private static double setting(List<String> settings, String key, double otherwise) {
    return settings.stream()
        .filter(setting -> setting.startsWith(key + "="))
        .map(setting -> Double.parseDouble(setting.substring(key.length() + 1)))
        .reduce((before, last) -> last)
        .orElse(otherwise);
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
