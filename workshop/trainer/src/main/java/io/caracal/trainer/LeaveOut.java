package io.caracal.trainer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.ensemble.LeaveOneClassOut;
import io.caracal.trainer.ensemble.LeaveOneClassOut.Learner;
import io.caracal.trainer.ensemble.Member;
import io.caracal.trainer.evaluate.Evaluation;
import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.rows.Sensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code evaluate} that train detectors without one class after the other. */
final class LeaveOut {
  @Option(
      names = "--leave-one-class-out",
      paramLabel = "RECIPE",
      required = true,
      description =
          "instead of captures: train this recipe of a supervised detector once for every attack"
              + " class, without it, and measure how much of the class is found; may be repeated")
  private List<Path> recipes = List.of();

  @Option(
      names = "--beside",
      paramLabel = "BUNDLE",
      description =
          "folder of a finished detector that learnt from normal traffic alone: measured on the"
              + " same flows and combined with the others; may be repeated")
  private List<Path> bundles = List.of();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      split = ",",
      description = "leave out only these of the recipe's classes; default: each of them")
  private List<String> names = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description = "train once with each of these seeds; default: ${DEFAULT-VALUE}")
  private List<Long> seeds = List.of();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "train at most so long; default: as the recipes say")
  private @Nullable Integer epochs;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:CARACAL_DATA}",
      description = "root of the captures that the recipes name; default: $CARACAL_DATA")
  private @Nullable Path data;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "keep the sensor's features here for the next run")
  private @Nullable Path cache;

  /** Trains and measures; returns the content of metrics.json. */
  ObjectNode measure(Progress progress) {
    List<Recipe> read = recipes.stream().map(file -> Recipe.read(file).recipe()).toList();
    Recipe first = read.getFirst();
    for (Recipe recipe : read) {
      if (!recipe.data().equals(first.data())
          || !recipe.split().equals(first.split())
          || !recipe.classes().equals(first.classes())) {
        throw new TrainerException(
            "the recipes "
                + first.id()
                + " and "
                + recipe.id()
                + " differ in data, split or classes: leave one of them out");
      }
    }
    List<Learner> learners = read.stream().map(this::learner).toList();
    List<Member> finished = bundles.stream().map(Member::read).toList();
    Path root =
        Optional.ofNullable(data)
            .orElseThrow(
                () ->
                    new TrainerException(
                        "the data's root is unknown: name it by --data or CARACAL_DATA"));
    try (Scratch scratch = Scratch.create();
        Corpus corpus =
            new RecipeCorpus(
                    Sensor.installed(),
                    root,
                    Optional.ofNullable(cache),
                    scratch.folder(),
                    progress)
                .load(first, views(read, finished))) {
      ObjectNode result =
          new LeaveOneClassOut(corpus, learners, finished, progress).run(classes(first), seeds);
      if (epochs != null) {
        result.put("epochs_at_most", epochs);
      }
      ObjectNode metrics = JsonNodeFactory.instance.objectNode();
      metrics.put("format", Evaluation.FORMAT);
      metrics.set("leave_one_class_out", result);
      return metrics;
    } finally {
      finished.forEach(Member::close);
    }
  }

  private Learner learner(Recipe recipe) {
    Learner learner =
        new Learner(
            epochs == null ? recipe : recipe.withEpochs(epochs), TrainCommand.trainer(recipe));
    if (!learner.trainer().supervised()) {
      throw new TrainerException(
          "the recipe "
              + recipe.id()
              + " learns nothing of attacks: train it and name its bundle by --beside");
    }
    return learner;
  }

  private List<ClassEntry> classes(Recipe recipe) {
    for (String name : names) {
      if (recipe.classes().stream().noneMatch(entry -> entry.name().equals(name))) {
        throw new TrainerException(
            "the recipe "
                + recipe.id()
                + " has no class "
                + name
                + ": it has "
                + recipe.classes().stream().map(ClassEntry::name).toList());
      }
    }
    return recipe.classes().stream()
        .filter(entry -> names.isEmpty() || names.contains(entry.name()))
        .toList();
  }

  private static List<String> views(List<Recipe> recipes, List<Member> finished) {
    Set<String> views = new LinkedHashSet<>();
    recipes.forEach(recipe -> views.addAll(recipe.views()));
    finished.forEach(member -> member.layout().inputs().forEach(in -> views.add(in.name())));
    return new ArrayList<>(views);
  }
}
