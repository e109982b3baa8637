package io.caracal.trainer;

import io.caracal.trainer.corpus.Campaign;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Split;
import io.caracal.trainer.evaluate.SensorAlerts;
import io.caracal.trainer.recipe.ClassEntry;
import io.caracal.trainer.recipe.Recipe;
import io.caracal.trainer.recipe.Sampling;
import io.caracal.trainer.recipe.SplitPlan;
import io.caracal.trainer.rows.FlowRows;
import io.caracal.trainer.rows.Sensor;
import io.caracal.trainer.truth.Truth;
import io.caracal.trainer.truth.TruthMatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Replays captures and labels what the sensor scored. */
final class LabelledReplay {
  private static final List<ClassEntry> ANY_ATTACK =
      List.of(new ClassEntry("attack", "", List.of("*")));
  private static final Sampling UNWEIGHTED = new Sampling(0, 0, 0, Map.of(), Map.of());
  private static final SplitPlan WHOLE = new SplitPlan(0, 0.1, 0.1, 60, 0);

  private final Sensor sensor;
  private final List<String> settings;
  private final Path scratch;
  private final List<SensorAlerts> alerts = new ArrayList<>();

  LabelledReplay(Sensor sensor, List<String> settings, Path scratch) {
    this.sensor = sensor;
    this.settings = settings;
    this.scratch = scratch;
  }

  /**
   * Replays.
   *
   * @param captures the captures
   * @param truths as many truth files
   * @param recipe whose split to use, if any
   * @return the records with their scores
   */
  Corpus load(List<Path> captures, List<Path> truths, Optional<Path> recipe) {
    Optional<Recipe> plan = recipe.map(path -> Recipe.read(path).recipe());
    List<Campaign> campaigns = new ArrayList<>();
    for (int i = 0; i < captures.size(); i++) {
      Path capture = captures.get(i);
      Truth truth = Truth.read(truths.get(i));
      Path file = scratch.resolve(i + ".rows");
      Path events = scratch.resolve("events" + i);
      sensor.replay(capture, with(settings, "eve.types=anomaly"), events, file);
      alerts.add(SensorAlerts.read(events.resolve("eve.json")));
      FlowRows rows = FlowRows.open(file);
      String name =
          plan.map(p -> source(p, capture).name()).orElseGet(() -> name(captures, capture));
      campaigns.add(
          new Campaign(
              name, Digests.sha256(capture), rows, truth, TruthMatcher.match(rows, truth)));
    }
    if (plan.isEmpty()) {
      return new Corpus(campaigns, new Split(WHOLE, Map.of()), UNWEIGHTED, ANY_ATTACK);
    }
    Map<String, Truth> truthByName = new LinkedHashMap<>();
    campaigns.forEach(c -> truthByName.put(c.name(), c.truth()));
    for (Recipe.Source source : unchanged(plan.get())) {
      truthByName.computeIfAbsent(
          source.name(), name -> Truth.read(otherTruth(plan.get(), captures.getFirst(), source)));
    }
    return new Corpus(
        campaigns, new Split(plan.get().split(), truthByName), UNWEIGHTED, ANY_ATTACK);
  }

  /** What the sensor told of each capture. */
  List<SensorAlerts> alerts() {
    return List.copyOf(alerts);
  }

  private static List<String> with(List<String> settings, String last) {
    return Stream.concat(settings.stream(), Stream.of(last)).toList();
  }

  /** The end of the path that no other capture has: the file's name if that will do. */
  private static String name(List<Path> captures, Path capture) {
    for (int parts = 1; parts <= capture.getNameCount(); parts++) {
      Path end = capture.subpath(capture.getNameCount() - parts, capture.getNameCount());
      if (captures.stream().filter(c -> c.endsWith(end)).count() == 1) {
        return end.toString();
      }
    }
    return capture.toString();
  }

  private static Recipe.Source source(Recipe recipe, Path capture) {
    return unchanged(recipe).stream()
        .filter(source -> root(capture, source).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                new TrainerException(
                    capture
                        + " is none of the recipe's captures: leave --split out or name one of "
                        + recipe.data().stream().map(Recipe.Source::capture).toList()));
  }

  private static List<Recipe.Source> unchanged(Recipe recipe) {
    return recipe.data().stream().filter(source -> source.mutate().isEmpty()).toList();
  }

  /** The data's root, if the capture is the source's. */
  private static Optional<Path> root(Path capture, Recipe.Source source) {
    Path path = capture.toAbsolutePath().normalize();
    String plain = path.toString().replaceFirst("\\.(zst|gz)$", "");
    String suffix = "/" + source.capture();
    return plain.endsWith(suffix)
        ? Optional.of(Path.of(plain.substring(0, plain.length() - suffix.length() + 1)))
        : Optional.empty();
  }

  /** Runs are dealt over all campaigns, so the split needs the truth of those not replayed too. */
  private static Path otherTruth(Recipe recipe, Path capture, Recipe.Source other) {
    Path data = root(capture, source(recipe, capture)).orElseThrow();
    return DataFiles.find(data, other.truth());
  }
}
