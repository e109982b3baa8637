package io.caracal.trainer;

import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.corpus.Part;
import io.caracal.trainer.corpus.Split;
import io.caracal.trainer.mutate.Mutation;
import io.caracal.trainer.mutate.Mutator;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.Sensor;
import io.caracal.trainer.truth.Matching;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthMatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
    Map<String, Truth> truths = new LinkedHashMap<>();
    Map<String, String> originals = new LinkedHashMap<>();
    for (Recipe.Source source : recipe.data()) {
      LabelledCapture labelled =
          new LabelledCapture(
              find(source.capture()),
              Optional.of(source.truth()).filter(truth -> !truth.isEmpty()).map(this::find));
      if (!source.mutate().isEmpty()) {
        originals.put(source.name(), original(recipe, source));
        labelled = mutated(labelled, source.mutate());
      }
      Campaign campaign = campaign(recipe, source.name(), labelled, views);
      campaigns.add(campaign);
      if (source.mutate().isEmpty()) {
        truths.put(source.name(), campaign.truth());
      }
    }
    Split split = new Split(recipe.split(), truths, originals);
    Corpus corpus = new Corpus(campaigns, split, recipe.sampling(), recipe.classes());
    if (!corpus.split().trainOnly().isEmpty()) {
      progress.line("labels with one run, trained on only: " + corpus.split().trainOnly());
    }
    return originals.isEmpty() ? corpus : withoutCopies(corpus, originals);
  }

  /** Of a changed copy only attacks to train on: the rest stands in the original. */
  private Corpus withoutCopies(Corpus corpus, Map<String, String> originals) {
    Predicate<Example> copy =
        e -> originals.containsKey(corpus.campaigns().get(e.campaign()).name());
    Predicate<Example> added = e -> copy.test(e) && !e.benign() && e.part() == Part.TRAIN;
    progress.line(
        "%d records of changed attacks are added to training; %d other records of the changed captures are left out"
            .formatted(
                corpus.examples(added).size(),
                corpus.examples(e -> copy.test(e) && !added.test(e)).size()));
    return corpus.only(e -> !copy.test(e) || added.test(e));
  }

  private static String original(Recipe recipe, Recipe.Source copy) {
    return recipe.data().stream()
        .filter(s -> s.mutate().isEmpty() && s.capture().equals(copy.capture()))
        .map(Recipe.Source::name)
        .findFirst()
        .orElseThrow(
            () ->
                new TrainerException(
                    "recipe "
                        + recipe.id()
                        + " mutates "
                        + copy.capture()
                        + ", but has it not as it is: add a [[data]] table without mutate"));
  }

  /** A capture and its truth; without one, all of it is benign. */
  private record LabelledCapture(Path capture, Optional<Path> truth) {}

  private Path find(String path) {
    return DataFiles.find(data, path);
  }

  private LabelledCapture mutated(LabelledCapture original, String mutation) {
    Path truth =
        original
            .truth()
            .orElseThrow(
                () ->
                    new TrainerException(
                        original.capture()
                            + " is to be mutated, but no truth names its attacks: give one in its"
                            + " [[data]] table"));
    Mutator mutator = new Mutator(Mutation.parse(mutation), 1);
    try {
      Path folder = Files.createTempDirectory(scratch, "mutated");
      Path capture = folder.resolve("capture.pcap");
      Path flows = folder.resolve("flows.tsv");
      mutator.mutate(original.capture(), truth, capture, flows);
      return new LabelledCapture(capture, Optional.of(flows));
    } catch (IOException e) {
      throw new TrainerException(scratch + " cannot be written: " + e.getMessage(), e);
    }
  }

  private Campaign campaign(
      Recipe recipe, String name, LabelledCapture labelled, List<String> views) {
    String hash = Digests.sha256(labelled.capture());
    progress.line("the sensor computes the features of " + name);
    FlowRows rows =
        FlowRows.open(
            sensor.cachedFlows(labelled.capture(), hash, views, recipe.flows(), cache, scratch));
    Truth truth = labelled.truth().map(Truth::read).orElseGet(() -> Truth.benign(rows));
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
    return new Campaign(name, hash, rows, truth, matching);
  }
}
