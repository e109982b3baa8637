package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.network.RateForecast;
import io.caracal.trainer.recipe.Recipe;
import java.util.List;
import java.util.Map;

/** Fits a linear forecast of a host's rates to benign flows. */
public final class RateForecastTrainer implements DetectorTrainer {
  /**
   * The recipe's table {@code model}.
   *
   * @param network hyper-parameters
   * @param fit schedule
   */
  record Settings(RateForecast.Settings network, Fit.Schedule fit) {}

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
    Settings settings = recipe.model(Settings.class);
    LabelledRows train = BenignRows.of(recipe, corpus, Part.TRAIN, seed);
    LabelledRows calibration = BenignRows.of(recipe, corpus, Part.CALIBRATION, seed);
    RateForecast network =
        new RateForecast(corpus.layout(recipe.views()), settings.network(), seed);
    progress.line("  fitting to " + train.count() + " benign flow records");
    new Fit(settings.fit(), progress)
        .run(network, train, calibration, (rows, offset, random) -> {}, seed);
    network.conclude(train.rows());
    return OnnxExport.of(
        network, recipe, calibration.rows(), Map.of("trained_records", train.count()), progress);
  }
}
