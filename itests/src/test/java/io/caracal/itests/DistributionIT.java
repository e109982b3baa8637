package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.itests.Caracal.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped distribution on the sample and on broken input. */
class DistributionIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final Path EXPECTED = Path.of("src/test/resources/expected-alerts.txt");

  @TempDir private Path folder;

  private static List<JsonNode> events(Path eve, String type) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<String> lines = Files.lines(eve)) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode event = JSON.readTree(line);
        if (event.path("event_type").asText().equals(type)) {
          events.add(event);
        }
      }
    }
    return events;
  }

  /** One line per closed alert, by what an analyst would compare. */
  static String alerts(Path eve) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (JsonNode event : events(eve, "alert")) {
      JsonNode alert = event.path("caracal");
      if (alert.path("state").asText().equals("closed")) {
        lines
            .append(event.path("alert").path("category").asText())
            .append(" by ")
            .append(alert.path("attacker").asText());
        lines.append(": ").append(alert.path("flows").asInt()).append(" flows, ");
        lines.append(alert.path("victim_count").asInt()).append(" victims, ");
        lines.append(alert.path("port_count").asInt()).append(" ports, severity ");
        lines.append(event.path("alert").path("severity").asInt()).append('\n');
      }
    }
    return lines.toString();
  }

  @Test
  void theSampleGivesTheExpectedAlertsTwice() throws Exception {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Result first = Caracal.run(one, "replay", Caracal.SAMPLE, "--out", one.toString());
    assertThat(first.err()).doesNotContain("ERROR");
    assertThat(first.code()).isZero();
    String alerts = alerts(one.resolve("eve.json"));
    if ("write".equals(System.getProperty("caracal.expected"))) {
      Files.writeString(EXPECTED, alerts);
    }
    assertThat(alerts).isEqualTo(Files.readString(EXPECTED));
    assertThat(first.out()).contains("184,753 packets").contains("T1046");

    JsonNode summary = JSON.readTree(one.resolve("summary.json").toFile());
    assertThat(summary.path("packets").asLong()).isEqualTo(184_753);
    assertThat(summary.path("flows").asLong())
        .isEqualTo(events(one.resolve("eve.json"), "flow").size());
    assertThat(summary.path("detections").asLong())
        .isEqualTo(events(one.resolve("eve.json"), "anomaly").size());
    assertThat(summary.path("alerts").asLong()).isEqualTo(alerts.lines().count());

    Caracal.run(two, "replay", Caracal.SAMPLE, "--out", two.toString());
    for (String type : List.of("flow", "anomaly", "alert")) {
      assertThat(events(two.resolve("eve.json"), type))
          .as(type)
          .isEqualTo(events(one.resolve("eve.json"), type));
    }
  }

  @Test
  void everyAlertExplainsItself() throws Exception {
    Caracal.run(folder, "replay", Caracal.SAMPLE, "--out", folder.toString());
    List<JsonNode> alerts = events(folder.resolve("eve.json"), "alert");
    assertThat(alerts).isNotEmpty();
    for (JsonNode alert : alerts) {
      assertThat(alert.path("community_id").asText()).startsWith("1:");
      assertThat(alert.path("caracal").path("detectors")).isNotEmpty();
      for (JsonNode detector : alert.path("caracal").path("detectors")) {
        assertThat(detector.path("score").isNumber()).isTrue();
        assertThat(detector.path("version").asText()).isNotEmpty();
      }
      assertThat(alert.path("caracal").path("drivers")).as("drivers of %s", alert).isNotEmpty();
    }
  }

  @Test
  void separateCapturesKnowNothingOfEachOther() throws Exception {
    Path rows = folder.resolve("rows");
    Path text = Files.writeString(folder.resolve("notes.txt"), "this is no capture at all");
    Result result =
        Caracal.run(
            folder,
            "replay",
            Caracal.SAMPLE,
            text.toString(),
            Caracal.SAMPLE,
            "--separately",
            "--rows",
            rows.toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("notes.txt").doesNotContain("\tat ");
    assertThat(rows.resolve("1.rows")).doesNotExist();
    byte[] first = Files.readAllBytes(rows.resolve("0.rows"));
    byte[] again = Files.readAllBytes(rows.resolve("2.rows"));
    assertThat(again).hasSameSizeAs(first);
    int columns = JSON.readTree(first).path("columns").size();
    int record = 96 + 4 * columns;
    int at = new String(first, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    assertThat(Arrays.mismatch(first, 0, at, again, 0, at)).isNegative();
    // Flow numbers, the first eight bytes of a record, go on; everything else is the same.
    for (; at < first.length; at += record) {
      assertThat(Arrays.mismatch(first, at + 8, at + record, again, at + 8, at + record))
          .isNegative();
    }
  }

  @Test
  void detectorsListsWhatIsInstalled() throws Exception {
    Result result = Caracal.run(folder, "detectors");
    assertThat(result.code()).isZero();
    for (String id : List.of("deep-svdd 1", "diffusion 1", "logistic 2", "random-forest 2")) {
      assertThat(result.out()).containsPattern(listed(id, "active", "cic"));
    }
    assertThat(result.out()).containsPattern(listed("cnn1d 2", "active", "packets"));
    assertThat(result.out()).containsPattern(listed("behaviour 1", "active", "history"));
    List<String> networks = List.of("autoencoder 2", "gan 1", "latent-kmeans 1", "vae 1");
    List<String> baselines = List.of("kmeans 1", "one-class-svm 1", "pca 1");
    for (String id : Stream.of(networks, baselines).flatMap(List::stream).toList()) {
      assertThat(result.out()).containsPattern(listed(id, "standby", "cic"));
    }
    for (String id : List.of("transformer 1", "lstm 1", "transformer-forecast 1")) {
      assertThat(result.out()).containsPattern(listed(id, "standby", "packets"));
    }
    assertThat(result.out()).containsPattern(listed("dlinear 1", "standby", "host"));
    assertThat(result.out()).containsPattern(listed("graph 1", "standby", "graph"));
    assertThat(result.out()).containsPattern("ensemble +3\\.0\\.0 +active");
  }

  private static String listed(String idAndMajor, String state, String view) {
    String id = idAndMajor.replace(" ", " +");
    return "(?m)^%s\\.0\\.0 +%s +%s.* (?:onnx|tribuo) +cpu".formatted(id, state, view);
  }

  @Test
  void aCutCaptureIsReadToItsEnd() throws Exception {
    Path plain = folder.resolve("cut.pcap.zst");
    byte[] whole = Files.readAllBytes(Path.of(Caracal.SAMPLE));
    Files.write(plain, Arrays.copyOf(whole, whole.length / 2));
    Result result = Caracal.run(folder, "replay", plain.toString(), "--out", folder.toString());
    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("note: ").contains("cut.pcap.zst");
    assertThat(JSON.readTree(folder.resolve("summary.json").toFile()).path("packets").asLong())
        .isGreaterThan(50_000);
  }

  @Test
  void brokenInputIsOneSentenceAndTheRestGoesOn() throws Exception {
    Path text =
        Files.writeString(
            folder.resolve("notes.txt"), "this is no capture, but long enough to be one");
    Result result =
        Caracal.run(
            folder,
            "replay",
            text.toString(),
            folder.resolve("missing.pcap").toString(),
            Caracal.SAMPLE);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("notes.txt").contains("missing.pcap").doesNotContain("\tat ");
    assertThat(result.out()).contains("184,753 packets");
  }

  @Test
  void wrongUseIsExitCodeTwo() throws Exception {
    Result key = Caracal.run(folder, "replay", Caracal.SAMPLE, "--set", "alert.false-per-day=1");
    assertThat(key.code()).isEqualTo(2);
    assertThat(key.err()).contains("did you mean alerts.false-per-day?");
    assertThat(Caracal.run(folder, "replay").code()).isEqualTo(2);
    assertThat(Caracal.run(folder, "replay", "--no-such-option").code()).isEqualTo(2);
  }

  @Test
  void anInterfaceThatIsNotThereSaysSo() throws Exception {
    Result result = Caracal.run(folder, "run", "-i", "nosuchif0");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).containsAnyOf("nosuchif0", "libpcap0.8").doesNotContain("\tat ");
  }
}
