package io.caracal.trainer;

import io.caracal.trainer.compare.Comparison;
import io.caracal.trainer.compare.Contender;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.detector.RateTrainer;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.recipe.Sampling;
import io.caracal.trainer.table.FlowTable;
import io.caracal.trainer.table.TableCorpus;
import io.caracal.trainer.table.TableReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains detectors on a flow table of the literature and compares them there. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Trains detectors on a labelled flow table (NSL-KDD, KDD99, CICFlowMeter's CSV) by the"
            + " hyper-parameters of their recipes, and prints a table of figures in Markdown. A"
            + " box plot of counts and rates comes first.")
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "TABLE",
      description = "a flow table, or a folder of CSV files that are one")
  private Path table = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "RECIPE",
      description = "recipes of detectors of flat views; of their keys [model] counts alone")
  private List<Path> recipes = List.of();

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description =
          "measure on this table; default: the last quarter of each label by time, or by a hash"
              + " where rows have no time")
  private @Nullable Path test;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "train every model so often; default: ${DEFAULT-VALUE}")
  private int seeds;

  @Option(
      names = "--cap",
      paramLabel = "N",
      defaultValue = "20000",
      description = "rows of a label that are trained on at most; default: ${DEFAULT-VALUE}")
  private int cap;

  @Option(
      names = "--without",
      paramLabel = "LABEL",
      split = ",",
      description = "leave attacks out of training, to see how they are found all the same")
  private List<String> without = List.of();

  @Override
  public Integer call() {
    Progress progress = Progress.on(System.err);
    List<Recipe> read = recipes.stream().map(path -> Recipe.read(path).recipe()).toList();
    FlowTable train = TableReader.read(table, progress);
    Optional<FlowTable> other =
        Optional.ofNullable(test).map(path -> TableReader.read(path, progress));
    TableCorpus source = new TableCorpus(train, other, without);
    try (Corpus corpus = source.open()) {
      Comparison comparison =
          new Comparison(corpus, LongStream.rangeClosed(1, seeds).boxed().toList(), progress);
      System.out.println(comparison.summary());
      System.out.println();
      System.out.print(Contender.HEAD);
      List<Recipe> over =
          read.stream()
              .map(recipe -> recipe.over(train.view(), source.classes(), sampling()))
              .toList();
      print(comparison.contender("rate", over.getFirst(), new RateTrainer()));
      for (Recipe recipe : over) {
        print(comparison.contender(recipe.id(), recipe, TrainCommand.trainer(recipe)));
      }
    }
    return 0;
  }

  private Sampling sampling() {
    return new Sampling(cap, 1, cap, Map.of(), Map.of());
  }

  private static void print(Contender contender) {
    System.out.println(contender.line());
  }
}
