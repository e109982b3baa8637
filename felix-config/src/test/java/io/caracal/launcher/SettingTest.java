package io.caracal.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String BEGIN = "<!-- settings -->\n";

  private static String table() {
    return Setting.ALL.stream()
        .map(
            setting ->
                "| `%s` | `%s` | %s | %s |"
                    .formatted(
                        setting.key(), setting.otherwise(), setting.unit(), setting.meaning()))
        .collect(
            Collectors.joining(
                "\n", "| key | default | unit or values | meaning |\n|---|---|---|---|\n", "\n"));
  }

  /** Run with -Dcaracal.docs=write to bring the page up to date. */
  @Test
  void thePageListsEverySettingWithItsDefault() throws IOException {
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    if ("write".equals(System.getProperty("caracal.docs"))) {
      Files.writeString(PAGE, head + table());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(head + table());
  }

  @Test
  void defaultsAreValid() {
    assertThat(Setting.ALL).allSatisfy(s -> assertThat(s.problem(s.otherwise())).isEmpty());
    assertThat(Setting.ALL).extracting(Setting::key).doesNotHaveDuplicates();
    assertThat(Setting.ALL).isSortedAccordingTo(Comparator.comparing(Setting::key));
  }

  @Test
  void refusesWrongValues() {
    assertThat(problem("alerts.false-per-day", "0")).contains("'0' but must be a number");
    assertThat(problem("alerts.false-per-day", "many")).contains("must be a number");
    assertThat(problem("alerts.false-per-day", "0.5")).isEmpty();
    assertThat(problem("batch.size", "-1")).contains("whole number");
    assertThat(problem("engine.device", "gpu")).contains("auto, cpu or cuda:N");
    assertThat(problem("flow.checkpoint-packets", "8,,32")).contains("separated by commas");
  }

  private static String problem(String key, String value) {
    return Setting.of(key).orElseThrow().problem(value).orElse("");
  }

  @Test
  void suggestsTheNearestKey() {
    assertThat(Setting.nearest("alert.false-per-day")).isEqualTo("alerts.false-per-day");
    assertThat(Setting.nearest("flow.idletimeout")).isEqualTo("flow.idle-timeout");
  }
}
