package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.network.PacketColumns;
import io.caracal.trainer.network.PacketEncoder;
import io.caracal.trainer.network.PacketForecast;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.List;
import java.util.Map;

/** Fits a forecast of packets to benign flows. */
public final class PacketForecastTrainer implements DetectorTrainer {
  /**
   * The recipe's table {@code model}.
   *
   * @param clip bound of normalised values
   * @param encoder what reads the packets
   * @param network hyper-parameters of the rest
   * @param augmentation how training flows are varied
   * @param fit schedule
   */
  record Settings(
      float clip,
      PacketEncoder.Settings encoder,
      PacketForecast.Settings network,
      PacketAugmentation.Settings augmentation,
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
    Settings settings = recipe.model(Settings.class);
    InputLayout layout = corpus.layout(recipe.views());
    LabelledRows train = BenignRows.of(recipe, corpus, Part.TRAIN, seed);
    LabelledRows calibration = BenignRows.of(recipe, corpus, Part.CALIBRATION, seed);
    PacketColumns packets = PacketColumns.fit(layout, train.rows(), settings.clip());
    PacketForecast network =
        new PacketForecast(layout, packets, settings.encoder(), settings.network(), seed);
    progress.line("  fitting to " + train.count() + " benign flow records");
    new Fit(settings.fit(), progress)
        .run(
            network,
            train,
            calibration,
            new PacketAugmentation(settings.augmentation(), packets, recipe.minimumPackets()),
            seed);
    network.conclude(train.rows());
    return OnnxExport.of(
        network, recipe, calibration.rows(), Map.of("trained_records", train.count()), progress);
  }
}
