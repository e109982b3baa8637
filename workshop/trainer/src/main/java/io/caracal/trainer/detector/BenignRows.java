package io.caracal.trainer.detector;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.network.LabelledRows;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;

/** Samples of normal traffic for what learns from nothing else. */
final class BenignRows {
  private BenignRows() {}

  /** Benign records of a part that are long enough for the detector. */
  static LabelledRows of(Recipe recipe, Corpus corpus, Part part, long seed) {
    InputLayout layout = corpus.layout(recipe.views());
    float[] rows =
        corpus.rows(
            new Sampler(recipe.sampling())
                .sample(
                    corpus.examples(
                        e ->
                            e.benign()
                                && e.part() == part
                                && e.packets() >= recipe.minimumPackets()),
                    seed),
            layout);
    return new LabelledRows(rows, new long[rows.length / layout.width()]);
  }
}
