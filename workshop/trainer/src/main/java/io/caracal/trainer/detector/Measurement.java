package io.caracal.trainer.detector;

import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.evaluate.FlowGroups;
import io.caracal.trainer.evaluate.Ranking;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.scoring.BatchScorer;
import io.caracal.trainer.scoring.RecordScores;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a model is worth: its threshold, chosen on benign calibration flows, and its figures on the
 * validation part.
 *
 * @param threshold score from which a flow is detected
 * @param figures on the validation part
 * @param belowBenign labels whose flows score lower than benign ones more often than not
 */
record Measurement(double threshold, Figures figures, List<String> belowBenign) {
  /** Share of benign calibration flows that may reach a detector's own threshold. */
  private static final double FALSE_POSITIVES = 0.001;

  /**
   * Measures.
   *
   * @param recipe views and packets that the model needs
   * @param corpus the data
   * @param model the model
   * @return its figures
   */
  static Measurement of(Recipe recipe, Corpus corpus, BatchScorer model) {
    List<Example> benign = corpus.examples(e -> e.benign() && e.part() == Part.CALIBRATION);
    float[] calibration = scores(recipe, corpus, model, benign);
    double threshold = Threshold.at(benign, calibration, FALSE_POSITIVES);
    List<Example> validation = corpus.examples(Part.VALIDATION);
    FlowGroups flows = new FlowGroups(validation);
    float[] scores = scores(recipe, corpus, model, validation);
    return new Measurement(
        threshold,
        Figures.of(flows, scores, threshold),
        belowBenign(flows.flows(), flows.highest(scores)));
  }

  /**
   * Refuses an unsupervised model that has collapsed.
   *
   * @throws io.caracal.trainer.TrainerException if its scores cannot tell anything
   */
  static void requireSpread(Recipe recipe, Corpus corpus, BatchScorer model) {
    List<Example> benign =
        corpus.examples(
            e ->
                e.benign()
                    && e.part() == Part.CALIBRATION
                    && e.packets() >= recipe.minimumPackets());
    ScoreGuard.check(recipe.id(), scores(recipe, corpus, model, benign));
  }

  /** The ranking of all calibration flows, by which a model's settings may be chosen. */
  static double calibrationRocAuc(Recipe recipe, Corpus corpus, BatchScorer model) {
    List<Example> examples = corpus.examples(Part.CALIBRATION);
    return Figures.of(new FlowGroups(examples), scores(recipe, corpus, model, examples), 0)
        .all()
        .rocAuc();
  }

  private static float[] scores(
      Recipe recipe, Corpus corpus, BatchScorer model, List<Example> examples) {
    return RecordScores.of(
            model, corpus, examples, corpus.layout(recipe.views()), recipe.minimumPackets())
        .scores();
  }

  private static List<String> belowBenign(List<Example> flows, double[] scores) {
    TreeSet<String> labels = new TreeSet<>();
    flows.stream().filter(e -> !e.benign()).forEach(e -> labels.add(e.truth().label()));
    return labels.stream().filter(label -> rocAuc(flows, scores, label) < 0.5).toList();
  }

  /** Of the flows of one label and all benign ones, leaving out what was not scored. */
  private static double rocAuc(List<Example> flows, double[] scores, String label) {
    int[] wanted =
        IntStream.range(0, scores.length)
            .filter(i -> flows.get(i).benign() || flows.get(i).truth().label().equals(label))
            .filter(i -> scores[i] != Double.NEGATIVE_INFINITY)
            .toArray();
    double[] some = new double[wanted.length];
    boolean[] attack = new boolean[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      some[i] = scores[wanted[i]];
      attack[i] = !flows.get(wanted[i]).benign();
    }
    return new Ranking(some, attack).rocAuc();
  }
}
