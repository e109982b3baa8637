package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.network.Autoencoder;
import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.network.Normalisation;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fits an autoencoder to benign flows. */
public final class AutoencoderTrainer implements DetectorTrainer {
  /**
   * The recipe's table {@code model}.
   *
   * @param exclude columns that the model does not read
   * @param include columns that it reads although they leak; may be absent
   * @param clip bound of normalised values
   * @param network hyper-parameters of the network
   * @param fit schedule
   */
  record Settings(
      List<String> exclude,
      List<String> include,
      float clip,
      Autoencoder.Settings network,
      Fit.Schedule fit) {}

  @Override
  public boolean supervised() {
    return false;
  }

  @Override
  public List<String> outputs() {
    return List.of("score");
  }

  @Override
  public TrainedModel train(Recipe recipe, Corpus corpus, long seed, Progress progress) {
    Settings settings = recipe.model(Settings.class, "include");
    InputLayout layout = corpus.layout(recipe.views());
    int width = layout.width();
    int[] columns = Columns.read(layout, settings.exclude(), settings.include());
    float[] train = corpus.rows(benign(recipe, corpus, Part.TRAIN, seed), layout);
    float[] calibration = corpus.rows(benign(recipe, corpus, Part.CALIBRATION, seed), layout);
    List<float[]> values = new ArrayList<>();
    for (int column : columns) {
      values.add(Columns.values(train, width, column));
    }
    Normalisation normalisation = Normalisation.fit(values, settings.clip());
    Autoencoder network = new Autoencoder(layout, columns, normalisation, settings.network(), seed);
    progress.line("  fitting to " + train.length / width + " benign flow records");
    new Fit(settings.fit(), progress)
        .run(
            network,
            new LabelledRows(train, new long[train.length / width]),
            new LabelledRows(calibration, new long[calibration.length / width]),
            (rows, offset, random) -> {},
            seed);
    return OnnxExport.of(
        network, recipe, calibration, Map.of("trained_records", train.length / width), progress);
  }

  private static List<Example> benign(Recipe recipe, Corpus corpus, Part part, long seed) {
    return new Sampler(recipe.sampling())
        .sample(corpus.examples(e -> e.benign() && e.part() == part), seed);
  }
}
