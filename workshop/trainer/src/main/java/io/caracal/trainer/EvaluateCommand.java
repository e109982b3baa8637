package io.caracal.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.evaluate.Evaluation;
import io.caracal.trainer.evaluate.FalseAlerts;
import io.caracal.trainer.evaluate.Measurement;
import io.caracal.trainer.report.HtmlReport;
import io.caracal.trainer.report.MarkdownReport;
import io.caracal.trainer.rows.Sensor;
import io.caracal.trainer.truth.TruthFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays labelled captures through the installed sensor and measures what it said. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures every installed detector and the ensemble on labelled captures.")
final class EvaluateCommand implements Callable<Integer> {
  /** As the setting alerts.window has it. */
  private static final double ALERT_WINDOW_SECONDS = 300;

  private static final String BY_TIME = "time:";

  @Parameters(paramLabel = "CAPTURE", arity = "0..*", description = "labelled captures")
  private List<Path> captures = List.of();

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "flows.tsv or flows.tsv.gz, one for each capture in the same order")
  private List<Path> truths = List.of();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "instead of captures with truth: a labels.tsv that labels whole captures, which lie below"
              + " its folder")
  private @Nullable Path labels;

  @Option(
      names = "--below",
      paramLabel = "FOLDER",
      split = ",",
      description = "of --labels only captures below these folders")
  private List<String> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "metrics.json, report.html and report.md go here")
  private Path out = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "RECIPE|time:SHARE",
      description =
          "measure only one part of the division that this recipe makes, or only what begins after"
              + " a share of each capture's time, such as time:0.7")
  private String split = "";

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "validation",
      description = "train, calibration or validation; default: ${DEFAULT-VALUE}")
  private String part = "validation";

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

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting of the sensor; may be repeated")
  private List<String> settings = List.of();

  @ArgGroup(exclusive = false, heading = "Attacks never trained on:%n")
  private @Nullable LeaveOut leaveOut;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    long modes =
        Stream.of(!captures.isEmpty(), labels != null, leaveOut != null).filter(m -> m).count();
    if (modes != 1) {
      throw new ParameterException(
          spec().commandLine(),
          "give captures, each with its --truth, or --labels, or --leave-one-class-out");
    }
    if (leaveOut != null) {
      write(leaveOut.measure(Progress.on(System.err)));
      return 0;
    }
    if (truths.size() != captures.size()) {
      throw new ParameterException(
          spec().commandLine(),
          captures.size() + " captures need as many --truth files, not " + truths.size());
    }
    if (labels != null) {
      try (Scratch scratch = Scratch.create()) {
        SourceReplay replay =
            new SourceReplay(Sensor.installed(), settings, scratch.folder().resolve("rows"));
        write(replay.measure(labels, folders));
      }
      return 0;
    }
    Optional<Part> wanted = wanted();
    try (Scratch scratch = Scratch.create();
        Corpus corpus =
            new LabelledReplay(Sensor.installed(), settings, scratch.folder())
                .load(captures, truths, recipe())) {
      List<Example> examples = examples(corpus, wanted);
      if (examples.isEmpty()) {
        throw new TrainerException(
            "no flow of "
                + captures
                + " matches the truth in the part asked for: check that the truth belongs to the"
                + " capture");
      }
      write(Evaluation.of(corpus, examples, measurement(corpus)));
    }
    return 0;
  }

  private Measurement measurement(Corpus corpus) {
    FalseAlerts falseAlerts =
        new FalseAlerts(
            flowsPerDay,
            ALERT_WINDOW_SECONDS,
            flow -> corpus.campaigns().get(flow.campaign()).rows().source(flow.row()).toString());
    return new Measurement(rates, trained(), falseAlerts);
  }

  private Set<String> trained() {
    Set<String> labels = new TreeSet<>();
    if (trainedOn != null) {
      JsonNode descriptor;
      try {
        descriptor = Json.object(Files.readAllBytes(trainedOn));
      } catch (IOException e) {
        throw TrainerException.unreadable("the descriptor", trainedOn, e);
      }
      descriptor
          .path("training")
          .path("records_by_label")
          .properties()
          .forEach(
              label -> {
                if (label.getValue().has("train")) {
                  labels.add(label.getKey());
                }
              });
      if (labels.isEmpty()) {
        throw new TrainerException(
            trainedOn
                + " says nothing of labels: name the model.json or ensemble.json of a bundle that"
                + " caracal train wrote");
      }
    }
    return labels;
  }

  private void write(ObjectNode metrics) {
    try {
      Files.createDirectories(out);
      Files.write(out.resolve("metrics.json"), Json.bytes(metrics));
      Files.writeString(out.resolve("report.html"), HtmlReport.of(metrics));
      Files.writeString(out.resolve("report.md"), MarkdownReport.of(metrics));
    } catch (IOException e) {
      throw new TrainerException(out + " cannot be written: " + e.getMessage(), e);
    }
    System.out.print(MarkdownReport.summary(metrics));
  }

  private Optional<Path> recipe() {
    return split.isEmpty() || split.startsWith(BY_TIME)
        ? Optional.empty()
        : Optional.of(Path.of(split));
  }

  private List<Example> examples(Corpus corpus, Optional<Part> wanted) {
    if (wanted.isPresent()) {
      return corpus.examples(wanted.get());
    }
    if (!split.startsWith(BY_TIME)) {
      return corpus.examples(e -> true);
    }
    double share = share();
    List<LongSummaryStatistics> times =
        corpus.campaigns().stream()
            .map(
                campaign ->
                    campaign.truth().flows().stream()
                        .mapToLong(TruthFlow::startNanos)
                        .summaryStatistics())
            .toList();
    return corpus.examples(
        e -> {
          LongSummaryStatistics time = times.get(e.campaign());
          double since = e.truth().startNanos() - time.getMin();
          return since >= share * (time.getMax() - time.getMin());
        });
  }

  private double share() {
    try {
      double share = Double.parseDouble(split.substring(BY_TIME.length()));
      if (share >= 0 && share < 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Told below like a number that is too large.
    }
    throw new ParameterException(
        spec().commandLine(), "--split time: takes a share from 0 to below 1, not " + split);
  }

  private Optional<Part> wanted() {
    if (recipe().isEmpty()) {
      return Optional.empty();
    }
    return switch (part) {
      case "train" -> Optional.of(Part.TRAIN);
      case "calibration" -> Optional.of(Part.CALIBRATION);
      case "validation" -> Optional.of(Part.VALIDATION);
      default ->
          throw new ParameterException(
              spec().commandLine(), "--part is train, calibration or validation, not " + part);
    };
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }
}
