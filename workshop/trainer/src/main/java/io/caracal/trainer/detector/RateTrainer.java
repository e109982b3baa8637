package io.caracal.trainer.detector;

import io.caracal.trainer.Progress;
import io.caracal.trainer.TrainerException;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Sampler;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.List;
import java.util.Map;

/** The baseline that counts only. It is compared with, never shipped. */
public final class RateTrainer implements DetectorTrainer {
  @Override
  public boolean supervised() {
    return false;
  }

  @Override
  public List<String> outputs() {
    return List.of();
  }

  @Override
  public TrainedModel train(Recipe recipe, Corpus corpus, long seed, Progress progress) {
    InputLayout layout = corpus.layout(recipe.views());
    if (!RateBaseline.applies(layout)) {
      throw new TrainerException(
          "none of the views " + recipe.views() + " has a count or a rate for the baseline");
    }
    List<Example> benign =
        new Sampler(recipe.sampling())
            .sample(corpus.examples(e -> e.benign() && e.part() == Part.TRAIN), seed);
    RateBaseline boxes = new RateBaseline(layout, corpus.rows(benign, layout));
    return new TrainedModel("", new byte[0], boxes, Map.of("trained_records", benign.size()));
  }
}
