package io.caracal.trainer;

import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Split;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.Sensor;
import io.caracal.trainer.truth.Matching;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthMatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets the sensor compute the features of a recipe's captures and labels them. */
final class RecipeCorpus {
  private final Sensor sensor;
  private final Path data;
  private final Optional<Path> cache;
  private final Path scratch;
  private final Progress progress;

  RecipeCorpus(Sensor sensor, Path data, Optional<Path> cache, Path scratch, Progress progress) {
    this.sensor = sensor;
    this.data = data;
    this.cache = cache;
    this.scratch = scratch;
    this.progress = progress;
  }

  Corpus load(Recipe recipe, List<String> views) {
    List<Campaign> campaigns = new ArrayList<>();
    for (Recipe.Source source : recipe.data()) {
      Path capture = DataFiles.find(data, source.capture());
      Truth truth = Truth.read(DataFiles.find(data, source.truth()));
      String hash = Digests.sha256(capture);
      progress.line("the sensor computes the features of " + source.name());
      FlowRows rows =
          FlowRows.open(sensor.cachedFlows(capture, hash, views, recipe.flows(), cache, scratch));
      Matching matching = TruthMatcher.match(rows, truth);
      Matching.Counts counts = matching.counts();
      progress.line(
          "%d records of %d flows (%d unmatched, %d mixed); %d of %d truth flows matched, %d merged, %d unmatched, %d not IP"
              .formatted(
                  rows.count(),
                  counts.flows(),
                  counts.unmatchedFlows(),
                  counts.mixedFlows(),
                  counts.matchedTruth(),
                  counts.truth(),
                  counts.mergedTruth(),
                  counts.unmatchedTruth(),
                  truth.notIp().values().stream().mapToInt(Integer::intValue).sum()));
      campaigns.add(new Campaign(source.name(), hash, rows, truth, matching));
    }
    Corpus corpus =
        new Corpus(campaigns, split(recipe, campaigns), recipe.sampling(), recipe.classes());
    if (!corpus.split().trainOnly().isEmpty()) {
      progress.line("labels with one run, trained on only: " + corpus.split().trainOnly());
    }
    return corpus;
  }

  private static Split split(Recipe recipe, List<Campaign> campaigns) {
    Map<String, Truth> truths = new LinkedHashMap<>();
    campaigns.forEach(campaign -> truths.put(campaign.name(), campaign.truth()));
    return new Split(recipe.split(), truths);
  }
}
