package io.caracal.trainer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.trainer.corpus.Corpus;
import io.caracal.trainer.corpus.Example;
import io.caracal.trainer.evaluate.Robustness;
import io.caracal.trainer.evaluate.SensorVerdicts;
import io.caracal.trainer.evaluate.Verdicts;
import io.caracal.trainer.mutate.Mutation;
import io.caracal.trainer.mutate.Mutator;
import io.caracal.trainer.rows.Sensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Replays captures once more with mutated attacks and compares what is found. */
final class MutatedCaptures {
  private static final long SEED = 1;

  private final Sensor sensor;
  private final List<String> settings;
  private final Path scratch;

  MutatedCaptures(Sensor sensor, List<String> settings, Path scratch) {
    this.sensor = sensor;
    this.settings = settings;
    this.scratch = scratch;
  }

  private record Place(int campaign, int truthIndex) {}

  /**
   * Measures what mutations cost.
   *
   * @param captures classic pcap
   * @param truths as many truth files
   * @param examples what was measured of the captures as they are
   * @param before what the detectors said of that
   * @param mutations specifications, each for itself
   * @return the object {@code mutations} of metrics.json
   */
  ObjectNode measure(
      List<Path> captures,
      List<Path> truths,
      List<Example> examples,
      List<Verdicts> before,
      List<String> mutations) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    Set<Place> measured = new HashSet<>();
    examples.forEach(e -> measured.add(new Place(e.campaign(), e.truthIndex())));
    for (int m = 0; m < mutations.size(); m++) {
      Mutator mutator = new Mutator(Mutation.parse(mutations.get(m)), SEED);
      Path folder = scratch.resolve("mutation" + m);
      List<Path> mutated = new ArrayList<>();
      List<Path> mutatedTruths = new ArrayList<>();
      Set<Place> changed = new HashSet<>();
      for (int c = 0; c < captures.size(); c++) {
        Path place = folder(folder.resolve(Integer.toString(c)));
        mutated.add(place.resolve("capture.pcap"));
        mutatedTruths.add(place.resolve("flows.tsv"));
        int capture = c;
        mutator
            .mutate(captures.get(c), truths.get(c), mutated.getLast(), mutatedTruths.getLast())
            .changed()
            .forEach(index -> changed.add(new Place(capture, index)));
      }
      changed.retainAll(measured);
      LabelledReplay replay = new LabelledReplay(sensor, settings, folder);
      try (Corpus corpus = replay.load(mutated, mutatedTruths, Optional.empty())) {
        List<Example> same =
            corpus.examples(e -> measured.contains(new Place(e.campaign(), e.truthIndex())));
        node.set(
            mutations.get(m),
            Robustness.of(
                before,
                SensorVerdicts.of(corpus, same),
                flow -> changed.contains(new Place(flow.campaign(), flow.truthIndex()))));
      }
    }
    return node;
  }

  private static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new TrainerException(folder + " cannot be made: " + e.getMessage(), e);
    }
  }
}
