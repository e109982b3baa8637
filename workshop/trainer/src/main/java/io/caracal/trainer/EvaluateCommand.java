package io.caracal.trainer;

import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.evaluate.Evaluation;
import io.caracal.trainer.evaluate.EvaluationTable;
import io.caracal.trainer.rows.Sensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  @Parameters(paramLabel = "CAPTURE", arity = "1..*", description = "labelled captures")
  private List<Path> captures = List.of();

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      required = true,
      description = "flows.tsv or flows.tsv.gz, one for each capture in the same order")
  private List<Path> truths = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "metrics.json goes here")
  private Path out = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "RECIPE",
      description = "measure only one part of the division that this recipe makes")
  private @Nullable Path split;

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "validation",
      description = "train, calibration or validation; default: ${DEFAULT-VALUE}")
  private String part = "validation";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting of the sensor; may be repeated")
  private List<String> settings = List.of();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (truths.size() != captures.size()) {
      throw new ParameterException(
          spec().commandLine(),
          captures.size() + " captures need as many --truth files, not " + truths.size());
    }
    Optional<Part> wanted = wanted();
    try (Scratch scratch = Scratch.create();
        Corpus corpus =
            new LabelledReplay(Sensor.installed(), settings, scratch.folder())
                .load(captures, truths, Optional.ofNullable(split))) {
      List<Example> examples =
          wanted.isPresent() ? corpus.examples(wanted.get()) : corpus.examples(e -> true);
      if (examples.isEmpty()) {
        throw new TrainerException(
            "no flow of "
                + captures
                + " matches the truth in the part asked for: check that the truth belongs to the"
                + " capture");
      }
      Evaluation evaluation = new Evaluation(corpus, examples);
      Files.createDirectories(out);
      Files.write(out.resolve("metrics.json"), Json.bytes(evaluation.toJson()));
      EvaluationTable.print(evaluation, System.out);
    } catch (IOException e) {
      throw new TrainerException(out + " cannot be written: " + e.getMessage(), e);
    }
    return 0;
  }

  private Optional<Part> wanted() {
    if (split == null) {
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
