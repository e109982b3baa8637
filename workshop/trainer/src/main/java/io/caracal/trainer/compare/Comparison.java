package io.caracal.trainer.compare;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.detector.DetectorTrainer;
import io.caracal.trainer.detector.Threshold;
import io.caracal.trainer.detector.TrainedModel;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import io.caracal.trainer.scoring.RecordScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Trains detectors on one corpus and measures all of them on its validation part. */
public final class Comparison {
  private final Corpus corpus;
  private final List<Long> seeds;
  private final Progress progress;
  private final List<Example> benignCalibration;
  private final List<Example> validation;
  private final Set<String> trained = new TreeSet<>();

  /**
   * A comparison.
   *
   * @param corpus the data
   * @param seeds every model is trained with each
   * @param progress told how it goes
   */
  public Comparison(Corpus corpus, List<Long> seeds, Progress progress) {
    this.corpus = corpus;
    this.seeds = List.copyOf(seeds);
    this.progress = progress;
    benignCalibration = corpus.examples(e -> e.benign() && e.part() == Part.CALIBRATION);
    validation = corpus.examples(Part.VALIDATION);
    corpus.examples(Part.TRAIN).forEach(example -> trained.add(example.truth().label()));
  }

  /**
   * Trains a detector with every seed.
   *
   * @param id what it is called
   * @param recipe what to train
   * @param trainer of its architecture
   * @return how its models fared
   */
  public Contender contender(String id, Recipe recipe, DetectorTrainer trainer) {
    List<Outcome> outcomes = new ArrayList<>();
    for (long seed : seeds) {
      progress.line(id + " with seed " + seed);
      long begin = System.nanoTime();
      try (TrainedModel model = trainer.train(recipe, corpus, seed, progress)) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        double threshold =
            Threshold.at(benignCalibration, scores(recipe, model, benignCalibration), Outcome.RATE);
        Outcome outcome =
            Outcome.of(validation, scores(recipe, model, validation), threshold, trained, seconds);
        progress.line(
            String.format(
                Locale.ROOT,
                "  validation: ROC-AUC %.4f, PR-AUC %.4f, TPR at 1 %% FPR %.4f",
                outcome.rocAuc(),
                outcome.prAuc(),
                outcome.tprAt01()));
        outcomes.add(outcome);
      }
    }
    return new Contender(id, trainer.supervised(), outcomes);
  }

  private float[] scores(Recipe recipe, TrainedModel model, List<Example> examples) {
    InputLayout layout = corpus.layout(recipe.views());
    return RecordScores.of(model.scorer(), corpus, examples, layout, recipe.minimumPackets())
        .scores();
  }

  /** What was compared, as a line of text. */
  public String summary() {
    List<Example> train = corpus.examples(Part.TRAIN);
    long attacks = validation.stream().filter(example -> !example.benign()).count();
    long fresh =
        validation.stream()
            .filter(example -> !example.benign() && !trained.contains(example.truth().label()))
            .count();
    return String.format(
        Locale.ROOT,
        "Trained on %d rows, %d of them benign; measured on %d benign rows and %d attacks, %d of"
            + " them of labels that are not in training. %d seeds: mean ± standard deviation.",
        train.size(),
        train.stream().filter(Example::benign).count(),
        validation.size() - attacks,
        attacks,
        fresh,
        seeds.size());
  }
}
