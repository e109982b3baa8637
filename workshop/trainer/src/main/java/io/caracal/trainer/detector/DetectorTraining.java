package io.caracal.trainer.detector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.Progress;
import io.caracal.trainer.bundle.BundleWriter;
import io.caracal.trainer.bundle.GoldenVectors;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.bundle.ModelCard;
import io.caracal.trainer.bundle.Provenance;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.ScoringSpeed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trains a detector once per seed, measures every one on the validation part, and ships the first
 * as the content of a model bundle.
 */
public final class DetectorTraining {
  /** Rows by which speed is measured. */
  private static final int SPEED_ROWS = 1024;

  private final DetectorTrainer trainer;
  private final Progress progress;

  /**
   * A training.
   *
   * @param trainer fits the models
   * @param progress told how it goes
   */
  public DetectorTraining(DetectorTrainer trainer, Progress progress) {
    this.trainer = trainer;
    this.progress = progress;
  }

  /**
   * Trains and writes the bundle's files.
   *
   * @param file the recipe
   * @param corpus the data
   * @return figures of the shipped model
   */
  public Figures run(Recipe.File file, Corpus corpus) {
    Recipe recipe = file.recipe();
    List<Figures> figures = new ArrayList<>();
    SortedMap<String, byte[]> files = new TreeMap<>();
    List<ScoringSpeed> speeds = new ArrayList<>();
    List<String> belowBenign = new ArrayList<>();
    for (long seed : recipe.seeds()) {
      progress.line(recipe.id() + " with seed " + seed);
      try (TrainedModel model = trainer.train(recipe, corpus, seed, progress)) {
        if (!trainer.supervised()) {
          Measurement.requireSpread(recipe, corpus, model.scorer());
        }
        Measurement measured = Measurement.of(recipe, corpus, model.scorer());
        figures.add(measured.figures());
        progress.line(
            String.format(
                Locale.ROOT,
                "  validation: ROC-AUC %.4f (of the flows it scores %.4f), PR-AUC %.4f, TPR at 0.1"
                    + " %% FPR %.4f",
                measured.figures().all().rocAuc(),
                measured.figures().scored().rocAuc(),
                measured.figures().all().prAuc(),
                measured.figures().all().tprAt001()));
        if (files.isEmpty()) {
          pack(file, corpus, model, measured, files);
          speeds.add(speed(recipe, corpus, model));
          belowBenign.addAll(measured.belowBenign());
        }
      }
    }
    ObjectNode descriptor = finish(recipe, corpus, files, figures, belowBenign);
    files.put("model.json", Json.bytes(descriptor));
    files.put(
        "card.md",
        ModelCard.of(recipe, descriptor, figures, speeds.getFirst())
            .getBytes(StandardCharsets.UTF_8));
    BundleWriter.write(file.output(), files);
    progress.line(recipe.id() + " is written to " + file.output());
    return figures.getFirst();
  }

  private ScoringSpeed speed(Recipe recipe, Corpus corpus, TrainedModel model) {
    List<Example> some =
        corpus
            .examples(e -> e.part() == Part.VALIDATION && e.packets() >= recipe.minimumPackets())
            .stream()
            .limit(SPEED_ROWS)
            .toList();
    InputLayout layout = corpus.layout(recipe.views());
    ScoringSpeed speed =
        ScoringSpeed.measure(model.scorer(), corpus.rows(some, layout), layout.width());
    int best = speed.bestBatch();
    progress.line(
        String.format(
            Locale.ROOT,
            "  scores %,.0f flows a second of one core in batches of %d",
            speed.flowsPerSecond().get(best),
            best));
    return speed;
  }

  private void pack(
      Recipe.File file,
      Corpus corpus,
      TrainedModel model,
      Measurement measured,
      SortedMap<String, byte[]> files) {
    Recipe recipe = file.recipe();
    files.put(model.fileName(), model.bytes());
    files.put(
        "golden.json",
        Json.bytes(
            GoldenVectors.of(
                recipe,
                corpus,
                corpus.examples(Part.VALIDATION),
                model.scorer(),
                trainer.supervised())));
    ObjectNode descriptor = new Descriptor(trainer, recipe, corpus).of(model, measured.threshold());
    ObjectNode training = Provenance.of(file, corpus);
    model.notes().keySet().stream()
        .sorted()
        .forEach(key -> training.putPOJO(key, model.notes().get(key)));
    descriptor.set("training", training);
    files.put("model.json", Json.bytes(descriptor));
  }

  private ObjectNode finish(
      Recipe recipe,
      Corpus corpus,
      SortedMap<String, byte[]> files,
      List<Figures> figures,
      List<String> belowBenign) {
    ObjectNode descriptor = Json.object(files.get("model.json"));
    ObjectNode metrics = figures.getFirst().toJson();
    ObjectNode seeds = SeedSpread.of(figures);
    metrics.set("seeds", seeds);
    belowBenign.forEach(metrics.putArray("labels_below_benign")::add);
    if (!trainer.supervised()) {
      ObjectNode baselines = new Baselines(recipe, corpus).measure(progress);
      metrics.set("baselines", baselines);
      metrics.put(
          "better_than_pca",
          seeds.path("roc_auc").path("mean").asDouble()
              > baselines.path("pca").path("roc_auc").asDouble());
    }
    descriptor.set("metrics", metrics);
    return descriptor;
  }
}
