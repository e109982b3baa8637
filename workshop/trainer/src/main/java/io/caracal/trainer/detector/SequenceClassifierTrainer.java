package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.network.Fit;
import io.caracal.trainer.network.FlatColumns;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.network.MaskedPackets;
import io.caracal.trainer.network.PacketColumns;
import io.caracal.trainer.network.PacketEncoder;
import io.caracal.trainer.network.SequenceClassifier;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fits a classifier to labelled packet sequences and flat columns. */
public final class SequenceClassifierTrainer implements DetectorTrainer {
  /**
   * The recipe's table {@code model}.
   *
   * @param exclude flat columns that the model does not read
   * @param include flat columns that it reads although they leak; may be absent
   * @param clip bound of normalised values
   * @param benignFloor fewest records of each kind of benign traffic; rarer ones are repeated,
   *     since the rare kinds are those that look like attacks
   * @param encoder what reads the packets
   * @param network hyper-parameters of the rest
   * @param augmentation how training flows are varied
   * @param pretraining how the encoder learns before it sees labels
   * @param fit schedule
   */
  record Settings(
      List<String> exclude,
      List<String> include,
      float clip,
      int benignFloor,
      PacketEncoder.Settings encoder,
      SequenceClassifier.Settings network,
      PacketAugmentation.Settings augmentation,
      Pretraining pretraining,
      Fit.Schedule fit) {}

  /**
   * How an encoder learns from all flows of the training part without their labels.
   *
   * @param hidden share of the packets that it must guess
   * @param fit schedule; no epochs for no pre-training
   */
  record Pretraining(double hidden, Fit.Schedule fit) {}

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
    Settings settings = recipe.model(Settings.class, "include");
    InputLayout layout = corpus.layout(recipe.views());
    LabelledRows train = sample(recipe, corpus, Part.TRAIN, settings.benignFloor(), seed);
    LabelledRows calibration = sample(recipe, corpus, Part.CALIBRATION, 0, seed);
    PacketColumns packets = PacketColumns.fit(layout, train.rows(), settings.clip());
    int[] columns =
        IntStream.of(Columns.read(layout, settings.exclude(), settings.include()))
            .filter(c -> c < packets.offset() || c >= packets.offset() + packets.width())
            .toArray();
    FlatColumns flat = FlatColumns.fit(layout, columns, train.rows(), settings.clip());
    SequenceClassifier network =
        new SequenceClassifier(
            layout,
            packets,
            flat,
            settings.encoder(),
            settings.network(),
            recipe.classes().size(),
            seed);
    PacketAugmentation augmentation =
        new PacketAugmentation(settings.augmentation(), packets, recipe.minimumPackets());
    if (settings.pretraining().fit().epochs() > 0) {
      LabelledRows all = unlabelled(recipe, corpus);
      progress.line("  the encoder learns from " + all.count() + " flow records without labels");
      MaskedPackets masked =
          new MaskedPackets(
              layout.width(), packets, settings.encoder(), settings.pretraining().hidden(), seed);
      new Fit(settings.pretraining().fit(), progress)
          .run(masked, all, calibration, augmentation, seed);
      network.parameters().restore(masked.encoder());
    }
    progress.line("  fitting to " + train.count() + " flow records");
    new Fit(settings.fit(), progress).run(network, train, calibration, augmentation, seed);
    return OnnxExport.of(
        network, recipe, calibration.rows(), Map.of("trained_records", train.count()), progress);
  }

  /** All there is to learn from, as it comes: without labels nothing can be balanced. */
  private static LabelledRows unlabelled(Recipe recipe, Corpus corpus) {
    List<Example> all =
        corpus.examples(e -> e.part() == Part.TRAIN && e.packets() >= recipe.minimumPackets());
    return new LabelledRows(corpus.rows(all, corpus.layout(recipe.views())), new long[all.size()]);
  }

  private static LabelledRows sample(
      Recipe recipe, Corpus corpus, Part part, int benignFloor, long seed) {
    List<Example> drawn =
        new Sampler(recipe.sampling())
            .sample(
                corpus.examples(e -> e.part() == part && e.packets() >= recipe.minimumPackets()),
                seed);
    List<Example> all = new ArrayList<>(drawn);
    drawn.stream()
        .filter(Example::benign)
        .collect(Collectors.groupingBy(Example::kind, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(
            kind -> {
              for (int i = kind.size(); i < benignFloor; i++) {
                all.add(kind.get(i % kind.size()));
              }
            });
    return new LabelledRows(
        corpus.rows(all, corpus.layout(recipe.views())),
        all.stream().mapToLong(e -> e.attackClass() + 1).toArray());
  }
}
