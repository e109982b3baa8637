package io.caracal.trainer.detector;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.FlatClassifier;
import io.caracal.trainer.network.FlatInput;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.network.Normalisation;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Fits a classifier to labelled rows of flat views.
 *
 * @param settings type of its hyper-parameters, the recipe's table {@code model.network}
 * @param architecture makes the network
 * @param <S> the same type
 */
public record FlatClassifierTrainer<S>(Class<S> settings, Architecture<S> architecture)
    implements DetectorTrainer {
  /**
   * A family of classifiers.
   *
   * @param <S> its hyper-parameters
   */
  @FunctionalInterface
  public interface Architecture<S> {
    /** A network with random weights. */
    FlatClassifier network(FlatInput input, S settings, int attackClasses, long seed);
  }

  /**
   * The recipe's table {@code model}.
   *
   * @param exclude columns that the model does not read
   * @param include columns that it reads although they leak; may be absent
   * @param clip bound of normalised values
   * @param network read by the family
   * @param fit schedule
   */
  record Settings(
      List<String> exclude, List<String> include, float clip, JsonNode network, Fit.Schedule fit) {}

  @Override
  public boolean supervised() {
    return true;
  }

  @Override
  public List<String> outputs() {
    return List.of("score", "classes");
  }

  @Override
  public TrainedModel train(Recipe recipe, Corpus corpus, long seed, Progress progress) {
    Settings common = recipe.model(Settings.class, "include");
    S own = recipe.model("network", settings);
    InputLayout layout = corpus.layout(recipe.views());
    int[] columns = Columns.read(layout, common.exclude(), common.include());
    LabelledRows train = sample(recipe, corpus, layout, Part.TRAIN, seed);
    LabelledRows calibration = sample(recipe, corpus, layout, Part.CALIBRATION, seed);
    List<float[]> values =
        Arrays.stream(columns)
            .mapToObj(column -> Columns.values(train.rows(), layout.width(), column))
            .toList();
    FlatClassifier network =
        architecture.network(
            new FlatInput(layout, columns, Normalisation.fit(values, common.clip())),
            own,
            recipe.classes().size(),
            seed);
    progress.line("  fitting to " + train.count() + " flow records");
    new Fit(common.fit(), progress)
        .run(network, train, calibration, (rows, offset, random) -> {}, seed);
    return OnnxExport.of(
        network, recipe, calibration.rows(), Map.of("trained_records", train.count()), progress);
  }

  private static LabelledRows sample(
      Recipe recipe, Corpus corpus, InputLayout layout, Part part, long seed) {
    List<Example> drawn =
        new Sampler(recipe.sampling())
            .sample(
                corpus.examples(e -> e.part() == part && e.packets() >= recipe.minimumPackets()),
                seed);
    return new LabelledRows(
        corpus.rows(drawn, layout), drawn.stream().mapToLong(e -> e.attackClass() + 1).toArray());
  }
}
