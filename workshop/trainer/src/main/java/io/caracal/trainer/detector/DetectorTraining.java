package io.caracal.trainer.detector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.Digests;
import io.caracal.trainer.Progress;
import io.caracal.trainer.bundle.BundleWriter;
import io.caracal.trainer.bundle.GoldenVectors;
import io.caracal.trainer.bundle.Json;
import io.caracal.trainer.bundle.ModelCard;
import io.caracal.trainer.bundle.Provenance;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.evaluate.FlowGroups;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.RecordScores;
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
  /** Share of benign calibration flows that may reach a detector's own threshold. */
  private static final double FALSE_POSITIVES = 0.001;

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

  private record Measured(double threshold, Figures figures) {}

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
    for (long seed : recipe.seeds()) {
      progress.line(recipe.id() + " with seed " + seed);
      try (TrainedModel model = trainer.train(recipe, corpus, seed, progress)) {
        Measured measured = measure(recipe, corpus, model);
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
        }
      }
    }
    ObjectNode descriptor = finish(files, figures);
    files.put("model.json", Json.bytes(descriptor));
    files.put(
        "card.md", ModelCard.of(recipe, descriptor, figures).getBytes(StandardCharsets.UTF_8));
    BundleWriter.write(file.output(), files);
    progress.line(recipe.id() + " is written to " + file.output());
    return figures.getFirst();
  }

  private Measured measure(Recipe recipe, Corpus corpus, TrainedModel model) {
    List<Example> benign = corpus.examples(e -> e.benign() && e.part() == Part.CALIBRATION);
    double threshold = Threshold.at(benign, scores(recipe, corpus, model, benign), FALSE_POSITIVES);
    List<Example> validation = corpus.examples(Part.VALIDATION);
    return new Measured(
        threshold,
        Figures.of(
            new FlowGroups(validation), scores(recipe, corpus, model, validation), threshold));
  }

  private static float[] scores(
      Recipe recipe, Corpus corpus, TrainedModel model, List<Example> examples) {
    InputLayout layout = corpus.layout(recipe.views());
    return RecordScores.of(model.scorer(), corpus, examples, layout, recipe.minimumPackets())
        .scores();
  }

  private void pack(
      Recipe.File file,
      Corpus corpus,
      TrainedModel model,
      Measured measured,
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
    ObjectNode descriptor = descriptor(recipe, corpus, model, measured.threshold());
    ObjectNode training = Provenance.of(file, corpus);
    model.notes().keySet().stream()
        .sorted()
        .forEach(key -> training.putPOJO(key, model.notes().get(key)));
    descriptor.set("training", training);
    files.put("model.json", Json.bytes(descriptor));
  }

  private ObjectNode descriptor(
      Recipe recipe, Corpus corpus, TrainedModel model, double threshold) {
    InputLayout layout = corpus.layout(recipe.views());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", 1);
    node.put("id", recipe.id());
    node.put("version", recipe.version());
    node.put("family", recipe.family());
    node.put("kind", trainer.supervised() ? "supervised" : "unsupervised");
    node.put("model", model.fileName());
    node.put("sha256", Digests.sha256(model.bytes()));
    ArrayNode inputs = node.putArray("inputs");
    layout.inputs().forEach(input -> describe(inputs.addObject(), input));
    List<String> outputs = trainer.outputs();
    if (!outputs.isEmpty()) {
      ObjectNode names = node.putObject("outputs").put("score", outputs.getFirst());
      if (trainer.supervised()) {
        names.put("classes", outputs.get(1));
      }
    }
    if (trainer.supervised()) {
      ArrayNode classes = node.putArray("classes");
      recipe
          .classes()
          .forEach(c -> classes.addObject().put("name", c.name()).put("technique", c.technique()));
    }
    node.put("minimumPackets", recipe.minimumPackets());
    node.put("threshold", threshold);
    if (!layout.flat().isEmpty()) {
      typical(node.putObject("typical"), recipe, corpus, layout);
    }
    node.set("flows", corpus.header().flows());
    return node;
  }

  private static void describe(ObjectNode node, InputLayout.Input input) {
    node.put("name", input.name()).put("view", input.name()).put("version", input.version());
    input.shape().forEach(node.putArray("shape")::add);
    input.columns().forEach(node.putArray("columns")::add);
  }

  /** Medians over a sample, so that two-packet look-ups do not say alone what is typical. */
  private static void typical(ObjectNode node, Recipe recipe, Corpus corpus, InputLayout layout) {
    List<Example> benign =
        new Sampler(recipe.sampling())
            .sample(
                corpus.examples(e -> e.benign() && e.part() == Part.TRAIN), recipe.split().seed());
    float[] medians = Columns.medians(corpus.rows(benign, layout), layout.width());
    for (InputLayout.Input view : layout.flat()) {
      ArrayNode values = node.putArray(view.name());
      for (int column = 0; column < view.width(); column++) {
        values.add(medians[view.offset() + column]);
      }
    }
  }

  private static ObjectNode finish(SortedMap<String, byte[]> files, List<Figures> figures) {
    ObjectNode descriptor = Json.object(files.get("model.json"));
    ObjectNode metrics = figures.getFirst().toJson();
    metrics.set("seeds", SeedSpread.of(figures));
    descriptor.set("metrics", metrics);
    return descriptor;
  }
}
