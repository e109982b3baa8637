package io.caracal.trainer.detector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.Progress;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.evaluate.Figures;
import io.caracal.trainer.network.Pca;
import io.caracal.trainer.onnx.OnnxModel;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.InputLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What every unsupervised detector is held against: principal components and a box plot of rates,
 * fitted to the same benign flows, columns and normalisation and measured on the same split. The
 * number of components is the one that ranks the calibration flows best, attacks included: a choice
 * in favour of the baseline, since the detectors see no attack.
 */
final class Baselines {
  private static final List<Integer> COMPONENTS = List.of(5, 10, 20, 30, 40, 60);
  private static final float CLIP = 4;

  private final Recipe recipe;
  private final Corpus corpus;
  private final FlatSample sample;

  /**
   * Baselines for a detector.
   *
   * @param recipe the detector's; its columns and bound of normalised values hold for PCA too
   * @param corpus the data
   */
  Baselines(Recipe recipe, Corpus corpus) {
    this.recipe = recipe;
    this.corpus = corpus;
    JsonNode clip = recipe.model().path("clip");
    sample =
        FlatSample.of(
            recipe,
            corpus,
            names("exclude"),
            names("include"),
            clip.isNumber() ? clip.floatValue() : CLIP,
            recipe.seeds().getFirst());
  }

  private List<String> names(String list) {
    List<String> names = new ArrayList<>();
    recipe.model().path(list).forEach(name -> names.add(name.asText()));
    return names;
  }

  /**
   * Fits and measures them.
   *
   * @param progress told the figures
   * @return figures by name of the baseline
   */
  ObjectNode measure(Progress progress) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    InputLayout layout = corpus.layout(recipe.views());
    int components = components();
    try (OnnxModel pca = pca(components)) {
      put(node, "pca", Measurement.of(recipe, corpus, pca).figures(), progress);
      ((ObjectNode) node.path("pca")).put("components", components);
    }
    if (RateBaseline.applies(layout)) {
      try (RateBaseline rate = new RateBaseline(layout, sample.train().rows())) {
        put(node, "rate", Measurement.of(recipe, corpus, rate).figures(), progress);
      }
    }
    return node;
  }

  private int components() {
    int best = 1;
    double highest = Double.NEGATIVE_INFINITY;
    for (int components : COMPONENTS) {
      if (components >= sample.input().width()) {
        continue;
      }
      try (OnnxModel pca = pca(components)) {
        double rocAuc = Measurement.calibrationRocAuc(recipe, corpus, pca);
        if (rocAuc > highest) {
          highest = rocAuc;
          best = components;
        }
      }
    }
    return best;
  }

  private OnnxModel pca(int components) {
    Pca pca = new Pca(sample.input(), components);
    pca.prepare(sample.train().rows());
    return new OnnxModel(pca.export(new TreeMap<>()), pca.layout());
  }

  private static void put(ObjectNode node, String name, Figures figures, Progress progress) {
    ObjectNode all = figures.toJson();
    ObjectNode some = node.putObject(name);
    for (String key : List.of("roc_auc", "pr_auc", "tpr_at_fpr_0.001", "tpr_at_fpr_0.01")) {
      some.set(key, all.path(key));
    }
    progress.line(
        String.format(
            Locale.ROOT,
            "  baseline %s: ROC-AUC %.4f, PR-AUC %.4f, TPR at 0.1 %% FPR %.4f",
            name,
            figures.all().rocAuc(),
            figures.all().prAuc(),
            figures.all().tprAt001()));
  }
}
