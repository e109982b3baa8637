package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.forest.ForestModel;
import io.caracal.trainer.forest.ForestTrainer;
import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Grows a random forest on labelled flows. */
public final class RandomForestTrainer implements DetectorTrainer {
  /**
   * The recipe's table {@code model}.
   *
   * @param exclude columns that the model does not read
   * @param include columns that it reads although they leak; may be absent
   * @param forest hyper-parameters
   */
  record Settings(List<String> exclude, List<String> include, ForestTrainer.Settings forest) {}

  @Override
  public boolean supervised() {
    return true;
  }

  @Override
  public List<String> outputs() {
    return List.of();
  }

  @Override
  public TrainedModel train(Recipe recipe, Corpus corpus, long seed, Progress progress) {
    Settings settings = recipe.model(Settings.class, "include");
    InputLayout layout = corpus.layout(recipe.views());
    List<String> names = ForestModel.features(layout);
    int[] columns = Columns.read(layout, settings.exclude(), settings.include());
    List<Example> drawn = new Sampler(recipe.sampling()).sample(corpus.examples(Part.TRAIN), seed);
    List<String> classes = recipe.classes().stream().map(ClassEntry::name).toList();
    byte[] bytes =
        new ForestTrainer(settings.forest())
            .train(
                Columns.select(corpus.rows(drawn, layout), names.size(), columns),
                drawn.stream()
                    .map(e -> e.benign() ? ForestModel.BENIGN : classes.get(e.attackClass()))
                    .toList(),
                Arrays.stream(columns).mapToObj(names::get).toList(),
                recipe.id() + " " + recipe.version(),
                seed,
                progress);
    return new TrainedModel(
        "model.tribuo",
        bytes,
        new ForestModel(bytes, names, classes),
        Map.of("trained_records", drawn.size()));
  }
}
