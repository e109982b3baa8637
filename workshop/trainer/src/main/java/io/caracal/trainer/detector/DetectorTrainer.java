package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.recipe.Recipe;
import java.util.List;

/** Fits models of one architecture. */
public interface DetectorTrainer {
  /** Whether it learns from labels. */
  boolean supervised();

  /** Names of the model's outputs as model.json states them: score, then classes; or none. */
  List<String> outputs();

  /**
   * Fits a model to the training part and exports it.
   *
   * @param recipe what to train
   * @param corpus the data
   * @param seed of everything drawn
   * @param progress told how it goes
   * @return the finished model
   */
  TrainedModel train(Recipe recipe, Corpus corpus, long seed, Progress progress);
}
