package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caracal.itests.Caracal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample through one, two and four lanes of the shipped distribution, scored by them or by one
 * thread.
 */
class LanesIT {
  /** What differs from run to run. */
  private static final List<String> COSTS =
      List.of(".milliseconds", ".p99_microseconds", ".allocated_bytes", ".calls");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a number, relative to it or to 1. */
  private static final double ROUNDING = 2e-3;

  @TempDir private Path folder;

  private Path replay(int lanes, String scoring) throws IOException, InterruptedException {
    Path out = folder.resolve(scoring + lanes);
    Result result =
        Caracal.run(
            out,
            "replay",
            Caracal.SAMPLE,
            "--out",
            out.toString(),
            "--set",
            "replay.lanes=" + lanes,
            "--set",
            "scoring.mode=" + scoring);
    assertThat(result.err()).doesNotContain("ERROR");
    assertThat(result.code()).isZero();
    return out;
  }

  /** Everything but stats, in order; what depends on lanes by design is taken out. */
  private static List<JsonNode> events(Path out) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<String> lines = Files.lines(out.resolve("eve.json"))) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode event = JSON.readTree(line);
        if (!event.path("event_type").asText().equals("stats")) {
          ((ObjectNode) event).remove("flow_id");
          if (event.path("caracal").path("host") instanceof ObjectNode host) {
            host.remove("flow_ids");
          }
          events.add(event);
        }
      }
    }
    return events;
  }

  /** A score may differ by rounding in a batch of another size. */
  private static int compare(JsonNode one, JsonNode other) {
    if (one.isDouble() && other.isDouble()) {
      double size = Math.max(1, Math.abs(one.doubleValue()));
      return Math.abs(one.doubleValue() - other.doubleValue()) < ROUNDING * size ? 0 : 1;
    }
    return one.equals(other) ? 0 : 1;
  }

  private static void assertSame(Path several, Path one) throws IOException {
    List<JsonNode> events = events(several);
    List<JsonNode> expected = events(one);
    assertThat(events).hasSameSizeAs(expected).hasSizeGreaterThan(20_000);
    for (int i = 0; i < events.size(); i++) {
      if (!expected.get(i).equals(LanesIT::compare, events.get(i))) {
        assertThat(events.get(i)).as("event %d of %s", i, several).isEqualTo(expected.get(i));
      }
    }
    assertThat(counters(several)).as("counters of %s", several).isEqualTo(counters(one));
  }

  private static Map<String, JsonNode> counters(Path out) throws IOException {
    Map<String, JsonNode> counters = new TreeMap<>();
    JSON.readTree(out.resolve("summary.json").toFile())
        .path("counters")
        .properties()
        .forEach(counter -> counters.put(counter.getKey(), counter.getValue()));
    counters.keySet().removeIf(name -> COSTS.stream().anyMatch(name::endsWith));
    counters.remove("scoring.batches");
    return counters;
  }

  @Test
  void alertsEventsAndCountersDependNeitherOnTheNumberOfLanesNorOnWhoScores() throws Exception {
    Path one = replay(1, "lanes");
    assertSame(replay(2, "lanes"), one);
    assertSame(replay(4, "shared"), one);
    assertSame(replay(1, "shared"), one);
  }

  /** Every record with all views that are installed, as lines without the numbers of flows. */
  private List<String> features(int lanes) throws IOException, InterruptedException {
    Path out = folder.resolve("features" + lanes + ".jsonl");
    Result result =
        Caracal.run(
            folder,
            "flows",
            Caracal.SAMPLE,
            "--checkpoints",
            "--out",
            out.toString(),
            "--set",
            "replay.lanes=" + lanes);
    assertThat(result.err()).doesNotContain("ERROR");
    assertThat(result.code()).isZero();
    try (Stream<String> lines = Files.lines(out)) {
      return lines.map(line -> line.replaceFirst("\"flow_id\": ?[0-9]+", "")).toList();
    }
  }

  @Test
  void everyColumnOfEveryViewIsTheSame() throws Exception {
    List<String> one = features(1);
    assertThat(one).hasSizeGreaterThan(20_000).first().asString().contains("\"host\"");
    assertThat(features(4)).isEqualTo(one);
  }

  @Test
  void whatCanBeReadOnlyOnceIsRefusedWithASentence() throws Exception {
    Result result = Caracal.run(folder, "replay", "-", "--set", "replay.lanes=2");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("standard input can be read only once, so only by one lane; set replay.lanes=1");
  }
}
