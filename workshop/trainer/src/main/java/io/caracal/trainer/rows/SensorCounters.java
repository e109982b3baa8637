package io.caracal.trainer.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.trainer.TrainerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Counters of the sensor, summed over replays.
 *
 * @param runs the object {@code counters} of each summary.json
 */
public record SensorCounters(List<JsonNode> runs) {
  /** Copies the list. */
  public SensorCounters {
    runs = List.copyOf(runs);
  }

  /**
   * Reads what replays wrote.
   *
   * @param folders where the sensor put its events
   */
  public static SensorCounters of(List<Path> folders) {
    return new SensorCounters(folders.stream().map(SensorCounters::read).toList());
  }

  private static JsonNode read(Path folder) {
    Path summary = folder.resolve("summary.json");
    try {
      return new ObjectMapper().readTree(summary.toFile()).path("counters");
    } catch (IOException e) {
      throw new TrainerException(summary + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Names of all counters, with repetitions. */
  public List<String> names() {
    return runs.stream()
        .flatMap(run -> run.properties().stream())
        .map(property -> property.getKey())
        .toList();
  }

  /**
   * A counter.
   *
   * @param name as in docs/events.md
   * @return its sum, 0 if there is none
   */
  public long sum(String name) {
    return runs.stream().mapToLong(run -> run.path(name).asLong()).sum();
  }
}
