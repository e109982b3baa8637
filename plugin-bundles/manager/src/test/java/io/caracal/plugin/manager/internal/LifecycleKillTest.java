package io.caracal.plugin.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process is killed at every step of a change: the next start finds it done or not begun. */
class LifecycleKillTest {
  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "install | 1.0.0 standby, 2.0.0 standby, 3.0.0 promoted",
        "promote | 1.0.0 promoted, 2.0.0 standby",
        "remove  | 1.0.0 promoted"
      })
  void theNextStartFindsTheOldStateOrTheNew(String action, String after) throws Exception {
    String before = "1.0.0 standby, 2.0.0 promoted";
    Path next = TestPlugin.write(temporary.resolve("next.jar"), "3.0.0");
    List<String> found = new ArrayList<>();
    for (int step = 1; found.isEmpty() || !found.getLast().startsWith("done"); step++) {
      Path folder = temporary.resolve(action + step);
      TestPlugin.write(folder.resolve("test.plugin-1.0.0.jar"), "1.0.0");
      TestPlugin.write(folder.resolve("test.plugin-2.0.0.jar"), "2.0.0");
      new Bench(folder, () -> {}).close();
      int code = kill(folder, action, next, step);
      try (Bench bench = new Bench(folder, () -> {})) {
        found.add((code == 0 ? "done: " : "killed: ") + bench.state());
        assertThat(bench.lifecycle.history()).as("the journal is whole").isNotEmpty();
      }
      try (Bench again = new Bench(folder, () -> {})) {
        assertThat(found.getLast()).as("and a further start the same").endsWith(again.state());
      }
    }
    assertThat(found).hasSizeGreaterThan(2).endsWith("done: " + after);
    assertThat(found.subList(0, found.size() - 1))
        .allMatch(state -> List.of("killed: " + before, "killed: " + after).contains(state));
  }

  private int kill(Path folder, String action, Path next, int step)
      throws IOException, InterruptedException {
    Path said = temporary.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledLifecycle.class.getName(),
                folder.toString(),
                action,
                next.toString(),
                Integer.toString(step))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isIn(0, KilledLifecycle.KILLED);
    return process.exitValue();
  }
}
