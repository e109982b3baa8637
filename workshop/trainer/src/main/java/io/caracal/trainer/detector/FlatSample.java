package io.caracal.trainer.detector;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.network.FlatInput;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.network.Normalisation;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The benign rows that unsupervised models and their baselines are fitted to, and the columns of
 * them that they read.
 *
 * @param input the columns, normalised by the training rows
 * @param train rows to fit to
 * @param calibration rows to stop by
 */
record FlatSample(FlatInput input, LabelledRows train, LabelledRows calibration) {
  /**
   * Draws.
   *
   * @param recipe its sampling and views
   * @param corpus the data
   * @param exclude columns that are not read
   * @param include columns that are read although they leak
   * @param clip bound of normalised values
   * @param seed of the sample
   */
  static FlatSample of(
      Recipe recipe,
      Corpus corpus,
      List<String> exclude,
      List<String> include,
      float clip,
      long seed) {
    InputLayout layout = corpus.layout(recipe.views());
    int[] columns = Columns.read(layout, exclude, include);
    LabelledRows train = benign(recipe, corpus, layout, Part.TRAIN, seed);
    List<float[]> values = new ArrayList<>();
    for (int column : columns) {
      values.add(Columns.values(train.rows(), layout.width(), column));
    }
    return new FlatSample(
        new FlatInput(layout, columns, Normalisation.fit(values, clip)),
        train,
        benign(recipe, corpus, layout, Part.CALIBRATION, seed));
  }

  private static LabelledRows benign(
      Recipe recipe, Corpus corpus, InputLayout layout, Part part, long seed) {
    List<Example> drawn =
        new Sampler(recipe.sampling())
            .sample(
                corpus.examples(
                    e -> e.benign() && e.part() == part && e.packets() >= recipe.minimumPackets()),
                seed);
    return new LabelledRows(corpus.rows(drawn, layout), new long[drawn.size()]);
  }
}
