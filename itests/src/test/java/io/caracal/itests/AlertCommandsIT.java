package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an analyst asks the journal, and what is excluded, as the shipped distribution has it. */
class AlertCommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCANNER = "203.0.113.45";
  private static final int PCAPNG = 0x0A0D0D0A;

  @TempDir private Path folder;

  @BeforeEach
  void replay() throws Exception {
    run("replay", Caracal.SAMPLE, "--out", out(), "--set", "evidence.bytes=67108864");
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    Result result = Caracal.run(folder, arguments);
    assertThat(result.code()).as(String.join(" ", arguments) + ": " + result.err()).isZero();
    return result;
  }

  private Result alerts(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("alerts"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--db", folder.resolve("out/caracal.db").toString()));
    return run(all.toArray(String[]::new));
  }

  private List<JsonNode> events(String type) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    try (Stream<String> lines = Files.lines(folder.resolve("out/eve.json"))) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode event = JSON.readTree(line);
        if (event.path("event_type").asText().equals(type)) {
          found.add(event);
        }
      }
    }
    return found;
  }

  @Test
  void theJournalListsShowsExportsAndJudges() throws Exception {
    List<JsonNode> told = events("alert");
    List<JsonNode> closed =
        told.stream()
            .filter(event -> event.path("caracal").path("state").asText().equals("closed"))
            .toList();
    assertThat(closed).isNotEmpty();
    assertThat(alerts("list").out().lines()).hasSize(closed.size() + 1);
    assertThat(alerts("export").out().lines()).hasSize(told.size());

    String id = closed.getFirst().path("caracal").path("alert_id").asText();
    assertThat(alerts("show", id).out())
        .contains(id)
        .contains(closed.getFirst().path("caracal").path("attacker").asText());

    alerts("mark", id.substring(0, 8), "false", "--comment", "our own inventory");
    assertThat(alerts("show", id).out()).contains("our own inventory");
    assertThat(
            alerts("list").out().lines().filter(line -> line.contains("false: our own inventory")))
        .hasSize(1);

    Path packets = folder.resolve("packets.pcapng");
    alerts("pcap", id, "--out", packets.toString());
    byte[] bytes = Files.readAllBytes(packets);
    assertThat(ByteBuffer.wrap(bytes).getInt()).isEqualTo(PCAPNG);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains(id);

    assertThat(alerts("sinks").out()).containsPattern("(?m)^eve ");

    String journal = folder.resolve("out/caracal.db").toString();
    Result unknown = Caracal.run(folder, "alerts", "show", "nosuch", "--db", journal);
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no alert nosuch").doesNotContain("\tat ");
  }

  @Test
  void whatIsExcludedIsToldButRaisesNoAlert() throws Exception {
    String[] scope = {"--source", SCANNER, "--class", "scan", "--out", out()};
    assertThat(raisedByScanner()).isPositive();
    assertThat(exclude("test", scope).out()).contains("1 would be hidden wholly");
    assertThat(exclude("list", "--out", out()).out()).doesNotContain(SCANNER);

    exclude(
        "add",
        Stream.concat(Stream.of(scope), Stream.of("--comment", "inventory"))
            .toArray(String[]::new));
    replay();
    assertThat(raisedByScanner()).isZero();
    long covered =
        events("anomaly").stream()
            .filter(event -> event.path("caracal").path("exclusion_id").asInt() == 1)
            .count();
    assertThat(covered).isPositive();
    assertThat(exclude("list", "--out", out()).out()).contains("inventory").contains("covered ");
    assertThat(counted("exclusions.covered")).isGreaterThanOrEqualTo(covered);

    exclude("remove", "1", "--out", out());
    assertThat(exclude("list", "--out", out()).out()).doesNotContain("inventory");
  }

  private Result exclude(String action, String... arguments)
      throws IOException, InterruptedException {
    return run(
        Stream.concat(Stream.of("exclude", action), Stream.of(arguments)).toArray(String[]::new));
  }

  private long raisedByScanner() throws IOException {
    return events("alert").stream()
        .filter(event -> event.path("alert").path("category").asText().equals("scan"))
        .filter(event -> event.path("caracal").path("attacker").asText().equals(SCANNER))
        .count();
  }

  private long counted(String counter) throws IOException {
    return JSON.readTree(folder.resolve("out/summary.json").toFile())
        .path("counters")
        .path(counter)
        .asLong();
  }
}
