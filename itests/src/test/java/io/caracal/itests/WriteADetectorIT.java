package io.caracal.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/write-a-detector.md, as they stand there, until the detectors score. */
class WriteADetectorIT {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

  @TempDir private Path folder;

  /** A folder like that of the caracal script, with plugins and keys of its own. */
  @BeforeEach
  void root() throws IOException {
    Path script = folder.resolve("caracal");
    Files.writeString(
        script,
        """
        #!/usr/bin/env bash
        exec '%s/bin/java' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
          -Xmx1g -Dcaracal.home='%s' -Dcaracal.root='%s' -cp '%s/lib/*' io.caracal.launcher.Main "$@"
        """
            .formatted(System.getProperty("java.home"), Caracal.HOME, folder, Caracal.HOME));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(folder.resolve("plugins"));
    Files.createSymbolicLink(folder.resolve("samples"), REPOSITORY.resolve("samples"));
    Files.createSymbolicLink(folder.resolve("workshop"), REPOSITORY.resolve("workshop"));
  }

  @Test
  void theCommandsOfThePageMakeDetectorsThatScore() throws Exception {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(REPOSITORY.resolve("docs/write-a-detector.md")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(blocks).hasSize(2);
    run(blocks.get(0));
    assertScored("out-code", "upload-ratio");
    run(blocks.get(1));
    assertScored("out-model", "site-pca");
  }

  private void run(String block) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path log = folder.resolve("log");
    for (String command : block.lines().filter(line -> !line.startsWith("```")).toList()) {
      Process process =
          new ProcessBuilder("bash", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(command).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, Files.readString(log)).isZero();
    }
    System.out.printf(
        "from %s to its scores: %d s%n",
        block.lines().toList().get(1), Duration.ofNanos(System.nanoTime() - start).toSeconds());
  }

  private void assertScored(String out, String id) throws IOException {
    JsonNode counters =
        new ObjectMapper()
            .readTree(folder.resolve(out).resolve("summary.json").toFile())
            .path("counters");
    assertThat(counters.path("detectors." + id + ".scored").asLong()).isPositive();
    assertThat(counters.path("detectors." + id + ".failures").asLong()).isZero();
  }
}
