package io.caracal.trainer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.CascadeComparison;
import io.caracal.trainer.evaluate.SensorVerdicts;
import io.caracal.trainer.evaluate.Verdicts;
import io.caracal.trainer.rows.Sensor;
import io.caracal.trainer.rows.SensorCounters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Replays captures once more as a sensor at work scores them, stage by stage, and compares time and
 * detection with all detectors on all flows.
 */
final class CascadeReplay {
  private final Sensor sensor;
  private final List<String> settings;
  private final Path scratch;

  /**
   * A replay.
   *
   * @param settings of the sensor; may change the cascade
   * @param scratch where the replay of everything left its events, too
   */
  CascadeReplay(Sensor sensor, List<String> settings, Path scratch) {
    this.sensor = sensor;
    this.settings = new ArrayList<>(List.of("detectors.scope=needed", "cascade.late=sequences"));
    this.settings.addAll(settings);
    this.scratch = scratch;
  }

  private record Place(int campaign, int truthIndex) {}

  /**
   * Measures what the cascade saves and costs.
   *
   * @param examples what was measured with all detectors on all flows
   * @param before what the detectors said of that
   * @return the object {@code cascade} of metrics.json
   */
  ObjectNode measure(
      List<Path> captures, List<Path> truths, List<Example> examples, List<Verdicts> before) {
    Set<Place> measured = new HashSet<>();
    examples.forEach(e -> measured.add(new Place(e.campaign(), e.truthIndex())));
    Path folder = scratch.resolve("cascade");
    LabelledReplay replay = new LabelledReplay(sensor, settings, folder);
    try (Corpus corpus = replay.load(captures, truths, Optional.empty())) {
      List<Example> same =
          corpus.examples(e -> measured.contains(new Place(e.campaign(), e.truthIndex())));
      return CascadeComparison.of(
          ensemble(before),
          ensemble(SensorVerdicts.of(corpus, same)),
          counters(scratch, captures.size()),
          counters(folder, captures.size()));
    }
  }

  private static Verdicts ensemble(List<Verdicts> verdicts) {
    return verdicts.stream()
        .filter(v -> v.detector().equals(SensorVerdicts.ENSEMBLE))
        .findFirst()
        .orElseThrow(
            () -> new TrainerException("no ensemble is installed: there is no cascade to measure"));
  }

  /** Where {@link LabelledReplay} lets the sensor put the events of each capture. */
  static SensorCounters counters(Path folder, int captures) {
    return SensorCounters.of(
        IntStream.range(0, captures).mapToObj(i -> folder.resolve("events" + i)).toList());
  }
}
