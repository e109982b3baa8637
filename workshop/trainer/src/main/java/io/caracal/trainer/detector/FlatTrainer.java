package io.caracal.trainer.detector;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.FlatInput;
import io.caracal.trainer.network.FlatNetwork;
import io.caracal.trainer.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Fits an unsupervised network over flat views to benign flows.
 *
 * @param settings type of the network's hyper-parameters, the recipe's table {@code model.network}
 * @param architecture makes the network
 * @param <S> the same type
 */
public record FlatTrainer<S>(Class<S> settings, Architecture<S> architecture)
    implements DetectorTrainer {
  /** What a network estimates of benign flows after it is fitted, so many of them say. */
  private static final int CONCLUDING_ROWS = 20_000;

  /**
   * A family of networks.
   *
   * @param <S> its hyper-parameters
   */
  @FunctionalInterface
  public interface Architecture<S> {
    /** A network with random weights. */
    FlatNetwork network(FlatInput input, S settings, long seed);
  }

  /**
   * The recipe's table {@code model}, but for {@code network}.
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
    return false;
  }

  @Override
  public List<String> outputs() {
    return List.of("score");
  }

  @Override
  public TrainedModel train(Recipe recipe, Corpus corpus, long seed, Progress progress) {
    Settings common = recipe.model(Settings.class, "include");
    S own = recipe.model("network", settings);
    FlatSample sample =
        FlatSample.of(recipe, corpus, common.exclude(), common.include(), common.clip(), seed);
    FlatNetwork network = architecture.network(sample.input(), own, seed);
    progress.line("  fitting to " + sample.train().count() + " benign flow records");
    float[] rows = sample.train().rows();
    float[] some = Arrays.copyOf(rows, Math.min(rows.length, CONCLUDING_ROWS * network.width()));
    network.prepare(some);
    new Fit(common.fit(), progress)
        .run(network, sample.train(), sample.calibration(), (row, offset, random) -> {}, seed);
    network.conclude(some);
    return OnnxExport.of(
        network,
        recipe,
        sample.calibration().rows(),
        Map.of("trained_records", sample.train().count()),
        progress);
  }
}
