package io.caracal.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.Evaluation;
import io.caracal.trainer.evaluate.Faithfulness;
import io.caracal.trainer.evaluate.SensorVerdicts;
import io.caracal.trainer.evaluate.Verdicts;
import io.caracal.trainer.mutate.Mutation;
import io.caracal.trainer.report.HtmlReport;
import io.caracal.trainer.report.MarkdownReport;
import io.caracal.trainer.rows.Sensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      names = "--mutate",
      paramLabel = "NAME=VALUE,...",
      description =
          "measure once more with attacks changed as the command mutate does, and tell what is"
              + " found before and after; may be repeated")
  private List<String> mutations = List.of();

  @Option(
      names = "--cascade",
      description =
          "measure once more as the sensor scores at work, and tell the time and the detections of"
              + " both")
  private boolean cascade;

  @Option(
      names = "--explain",
      description =
          "have every detection explained, and tell in how many making the first three features"
              + " named typical undoes the judgement")
  private boolean explain;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting of the sensor; may be repeated")
  private List<String> settings = List.of();

  @ArgGroup(exclusive = false, heading = "Attacks never trained on:%n")
  private @Nullable LeaveOut leaveOut;

  @Mixin private Scope scope = new Scope();
  @Mixin private FigureOptions figures = new FigureOptions();
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
    if (truths.size() != captures.size()) {
      throw new ParameterException(
          spec().commandLine(),
          captures.size() + " captures need as many --truth files, not " + truths.size());
    }
    scope.check();
    mutations.forEach(Mutation::parse);
    if (leaveOut != null) {
      write(leaveOut.measure(Progress.on(System.err)));
    } else if (labels != null) {
      write(ofSources(labels));
    } else {
      write(ofCaptures());
    }
    return 0;
  }

  private ObjectNode ofSources(Path table) {
    try (Scratch scratch = Scratch.create()) {
      return new SourceReplay(Sensor.installed(), settings, scratch.folder().resolve("rows"))
          .measure(table, folders);
    }
  }

  private ObjectNode ofCaptures() {
    Sensor sensor = Sensor.installed();
    List<String> replayed = new ArrayList<>(settings);
    if (explain) {
      replayed.add("explain.scope=detections");
    }
    try (Scratch scratch = Scratch.create()) {
      LabelledReplay replay = new LabelledReplay(sensor, replayed, scratch.folder());
      return measured(sensor, replay, scratch);
    }
  }

  private ObjectNode measured(Sensor sensor, LabelledReplay replay, Scratch scratch) {
    try (Corpus corpus = replay.load(captures, truths, scope.recipe())) {
      List<Example> examples = scope.examples(corpus);
      if (examples.isEmpty()) {
        throw new TrainerException(
            "no flow of "
                + captures
                + " matches the truth in the part asked for: check that the truth belongs to the"
                + " capture");
      }
      ObjectNode metrics = Evaluation.of(corpus, examples, figures.measurement(corpus));
      metrics.set("alerts", figures.alerts(corpus, examples, replay.alerts(), settings));
      if (explain) {
        metrics.set(
            "explanations",
            Faithfulness.of(CascadeReplay.counters(scratch.folder(), captures.size())));
      }
      if (cascade) {
        metrics.set(
            "cascade",
            new CascadeReplay(sensor, settings, scratch.folder())
                .measure(captures, truths, examples, SensorVerdicts.of(corpus, examples)));
      }
      if (!mutations.isEmpty()) {
        List<Verdicts> before = SensorVerdicts.of(corpus, examples);
        metrics.set(
            "mutations",
            new MutatedCaptures(sensor, settings, scratch.folder())
                .measure(captures, truths, examples, before, mutations));
      }
      return metrics;
    }
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

  private CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }
}
