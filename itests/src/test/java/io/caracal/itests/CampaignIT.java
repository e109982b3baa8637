package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The testbed: its own tests, a campaign of the smallest profile, and what an end by force leaves.
 */
@Execution(ExecutionMode.CONCURRENT)
class CampaignIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PACKAGES = Path.of("target", "campaign-packages").toAbsolutePath();
  private static final int REFUSED = 2;
  private static final int MINUTES = 10;
  private static final List<String> CLASSES = List.of("brute_ssh", "scan_connect", "web_dirbust");

  @TempDir private Path folder;

  private static Process start(Path said, String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(ROOT.toFile())
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private static int finish(Process process) throws InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("not done after " + MINUTES + " minutes");
    }
    return process.exitValue();
  }

  private Process campaign(Path said, Path out) throws IOException {
    Files.createDirectories(PACKAGES);
    return start(
        said,
        ROOT.resolve("caracal").toString(),
        "campaign",
        "smoke",
        "--minutes",
        "2",
        "--seed",
        "7",
        "--install",
        "--packages",
        PACKAGES.toString(),
        "--out",
        out.toString());
  }

  /** Waits until a campaign says that hosts are at work; skips the test where there can be none. */
  private static void awaitWork(Process process, Path said) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (!Files.readString(said).contains("benign sessions and")) {
      boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS);
      String text = Files.readString(said).strip();
      assumeTrue(!ended || process.exitValue() != REFUSED, text);
      assertThat(ended || System.nanoTime() > deadline).as(text).isFalse();
    }
  }

  private static void nothingIsLeft(Path out) throws IOException {
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(out.toString());
    List<String> left = new ArrayList<>();
    ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> command.contains(out.toString()))
        .forEach(left::add);
    assertThat(left).as("processes of the campaign").isEmpty();
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void theTestbedsOwnTestsPass() throws Exception {
    Path said = folder.resolve("said");
    String tests = "workshop/testbed/tests";
    Process process;
    try {
      process = start(said, "/usr/bin/python3", "-B", "-m", "unittest", "discover", "-s", tests);
    } catch (IOException e) {
      assumeTrue(false, "there is no /usr/bin/python3: " + e.getMessage());
      throw e;
    }
    int code = finish(process);
    String text = Files.readString(said);
    assumeTrue(!text.contains("No module named 'tomllib'"), "/usr/bin/python3 is older than 3.11");
    assertThat(code).as(text).isZero();
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void aCampaignIsLabelledAndLeavesNothingBehind() throws Exception {
    Path said = folder.resolve("said");
    Path out = folder.resolve("out");
    Process process = campaign(said, out);
    awaitWork(process, said);
    assertThat(finish(process)).as(Files.readString(said)).isZero();
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "README.md",
              "benign_sessions.tsv.gz",
              "capture.pcap.zst",
              "flows.tsv.gz",
              "labels.tsv",
              "summary.json");
    }
    JsonNode summary = JSON.readTree(out.resolve("summary.json").toFile());
    assertThat(summary.path("frames_over_1514").asInt()).isZero();
    assertThat(summary.path("devices").path("sandbox")).hasSize(1);
    assertThat(summary.path("devices").path("sandbox").get(0).asText()).isEqualTo("lo");
    assertThat(summary.path("classes_without_flows")).isEmpty();

    Map<String, Integer> labels = labels(out.resolve("flows.tsv.gz"));
    assertThat(labels.values().stream().mapToInt(count -> count).sum())
        .isEqualTo(summary.path("flows").asInt());
    assertThat(labels).containsKeys(CLASSES.toArray(String[]::new));
    assertThat(labels.get("benign")).isGreaterThan(100);
    assertThat(labels.getOrDefault("ambiguous", 0))
        .as("flows that nothing claims: %s", summary.path("unattributed"))
        .isLessThan(summary.path("flows").asInt() / 50);
    assertThat(Files.readAllLines(out.resolve("labels.tsv"))).hasSize(1 + 2 * CLASSES.size());
    nothingIsLeft(out);
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void anEndByForceLeavesNothingBehind() throws Exception {
    for (boolean kill : new boolean[] {false, true}) {
      Path said = folder.resolve("said-" + kill);
      Path out = folder.resolve("out-" + kill);
      Process process = campaign(said, out);
      awaitWork(process, said);
      if (kill) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends at once").isTrue();
      assertThat(process.exitValue()).isEqualTo(kill ? 137 : 143);
      TimeUnit.SECONDS.sleep(2); // what the kernel ends with it, it ends a moment later
      nothingIsLeft(out);
    }
  }

  private static Map<String, Integer> labels(Path flows) throws IOException {
    Map<String, Integer> labels = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(flows)), StandardCharsets.UTF_8))) {
      int column = List.of(lines.readLine().split("\t", -1)).indexOf("label");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        labels.merge(line.split("\t", -1)[column], 1, Integer::sum);
      }
    }
    return labels;
  }
}
