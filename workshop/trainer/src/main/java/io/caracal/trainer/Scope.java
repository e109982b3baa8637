package io.caracal.trainer;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.truth.TruthFlow;
import java.nio.file.Path;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say which flows of the captures are measured. */
final class Scope {
  private static final String BY_TIME = "time:";

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec spec;

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
      description =
          "of a recipe's division: train, calibration or validation; default: ${DEFAULT-VALUE}")
  private String part = "validation";

  /** The recipe whose division is used, if any. */
  Optional<Path> recipe() {
    return split.isEmpty() || split.startsWith(BY_TIME)
        ? Optional.empty()
        : Optional.of(Path.of(split));
  }

  /** Fails if an option is wrong, before anything is replayed. */
  void check() {
    if (recipe().isPresent()) {
      part();
    } else if (!split.isEmpty()) {
      share();
    }
  }

  /** The records to measure on. */
  List<Example> examples(Corpus corpus) {
    if (recipe().isPresent()) {
      return corpus.examples(part());
    }
    return split.isEmpty() ? corpus.examples(e -> true) : late(corpus, share());
  }

  private static List<Example> late(Corpus corpus, double share) {
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
          long since = e.truth().startNanos() - time.getMin();
          return since >= share * (time.getMax() - time.getMin());
        });
  }

  private double share() {
    double share;
    try {
      share = Double.parseDouble(split.substring(BY_TIME.length()));
    } catch (NumberFormatException e) {
      share = Double.NaN;
    }
    if (share >= 0 && share < 1) {
      return share;
    }
    throw wrong("--split " + BY_TIME + " takes a share from 0 to below 1, not " + split);
  }

  private Part part() {
    return switch (part) {
      case "train" -> Part.TRAIN;
      case "calibration" -> Part.CALIBRATION;
      case "validation" -> Part.VALIDATION;
      default -> throw wrong("--part is train, calibration or validation, not " + part);
    };
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
  }
}
