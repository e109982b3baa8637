package io.caracal.export.text.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.flow.FlowOutput;
import io.caracal.api.flow.FlowSettings;
import io.caracal.export.text.internal.Written.Halves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeekFormatTest {
  private final ZeekFormat format = new ZeekFormat();
  @TempDir private Path folder;

  @Test
  void aConnLogAsZeekWritesIt() throws IOException {
    List<String> lines = Written.lines(format, folder, List.of());
    assertThat(lines.subList(0, 6))
        .containsExactly(
            "#separator \\x09",
            "#set_separator\t,",
            "#empty_field\t(empty)",
            "#unset_field\t-",
            "#path\tconn",
            "#open\t2025-11-20-09-04-03");
    assertThat(lines.get(6)).startsWith("#fields\tts\tuid\tid.orig_h\t").endsWith("_parents");
    assertThat(lines.get(6).split("\t", -1))
        .hasSameSizeAs(lines.get(7).split("\t", -1))
        .hasSize(22);
    assertThat(lines.get(8))
        .matches(
            "1763629443\\.250125\tC[0-9A-Za-z]{17}\t10\\.0\\.0\\.5\t40312\t192\\.0\\.2\\.7\t.*")
        .endsWith(
            "\t80\ttcp\t-\t1.500000\t332\t16777217\tSF\t-\t-\t-\tShADadFf\t6\t652\t16005\t17417477"
                + "\t-");
    assertThat(lines.get(9)).endsWith("\t53\tudp\t-\t-\t30\t0\tS0\t-\t-\t-\tD\t1\t78\t0\t0\t-");
    assertThat(lines.get(10))
        .endsWith("\t3\t192.0.2.7\t1\ticmp\t-\t0.001000\t56\t0\tOTH\t-\t-\t-\t-\t2\t112\t0\t0\t-");
    assertThat(lines.get(11)).isEqualTo("#close\t2025-11-20-09-06-13");
    assertThat(lines).hasSize(12);
  }

  @Test
  void idsDifferByFlowAndNotByRun() throws IOException {
    List<String> first = Written.lines(format, folder, List.of());
    List<String> ids = first.subList(8, 11).stream().map(line -> line.split("\t", 3)[1]).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(Written.lines(format, folder, List.of())).isEqualTo(first);
  }

  @Test
  void aLogWithoutFlowsIsWhole() throws IOException {
    Path file = folder.resolve("conn.log");
    try (FlowOutput output = format.open(file.toString(), List.of(), FlowSettings.DEFAULT)) {
      output.flush();
    }
    assertThat(Files.readAllLines(file)).hasSize(9);
  }

  @Test
  void viewsAreRefused() {
    assertThatThrownBy(() -> format.views(List.of(Halves.of("any", 1)), List.of()))
        .hasMessage("a conn.log has no place for views; leave --view out or take another format");
  }
}
