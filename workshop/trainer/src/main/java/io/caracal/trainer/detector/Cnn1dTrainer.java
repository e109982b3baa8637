package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.network.Cnn1d;
import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.network.Normalisation;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fits a convolutional network to labelled packet sequences. */
public final class Cnn1dTrainer implements DetectorTrainer {
  /**
   * The recipe's table {@code model}.
   *
   * @param clip bound of normalised values
   * @param network hyper-parameters of the network
   * @param augmentation how training flows are varied
   * @param fit schedule
   */
  record Settings(
      float clip,
      Cnn1d.Settings network,
      PacketAugmentation.Settings augmentation,
      Fit.Schedule fit) {}

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
    Settings settings = recipe.model(Settings.class);
    InputLayout layout = corpus.layout(recipe.views());
    InputLayout.Input packets = layout.inputs().getFirst();
    int length = packets.shape().get(0);
    List<String> channels =
        packets.columns().subList(0, packets.shape().get(1)).stream()
            .map(name -> name.substring(name.indexOf('.') + 1))
            .toList();
    int mask = PacketAugmentation.channel(channels, "direction");
    LabelledRows train = sample(recipe, corpus, Part.TRAIN, seed);
    LabelledRows calibration = sample(recipe, corpus, Part.CALIBRATION, seed);
    Cnn1d network =
        new Cnn1d(
            layout,
            mask,
            normalisation(train.rows(), channels.size(), mask, settings.clip()),
            settings.network(),
            recipe.classes().size(),
            seed);
    progress.line("  fitting to " + train.count() + " flow records");
    new Fit(settings.fit(), progress)
        .run(
            network,
            train,
            calibration,
            new PacketAugmentation(
                settings.augmentation(), length, channels, recipe.minimumPackets()),
            seed);
    return OnnxExport.of(
        network, recipe, calibration.rows(), Map.of("trained_records", train.count()), progress);
  }

  private static LabelledRows sample(Recipe recipe, Corpus corpus, Part part, long seed) {
    List<Example> drawn =
        new Sampler(recipe.sampling())
            .sample(
                corpus.examples(e -> e.part() == part && e.packets() >= recipe.minimumPackets()),
                seed);
    return new LabelledRows(
        corpus.rows(drawn, corpus.layout(recipe.views())),
        drawn.stream().mapToLong(e -> e.attackClass() + 1).toArray());
  }

  /** Fitted to packets, not to padding. */
  private static Normalisation normalisation(float[] rows, int channels, int mask, float clip) {
    int packets = 0;
    for (int at = 0; at < rows.length; at += channels) {
      packets += rows[at + mask] == 0 ? 0 : 1;
    }
    List<float[]> values = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      float[] column = new float[packets];
      int next = 0;
      for (int at = 0; at < rows.length; at += channels) {
        if (rows[at + mask] != 0) {
          column[next++] = rows[at + c];
        }
      }
      values.add(column);
    }
    return Normalisation.fit(values, clip);
  }
}
