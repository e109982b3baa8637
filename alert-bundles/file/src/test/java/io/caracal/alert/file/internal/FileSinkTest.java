package io.caracal.alert.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caracal.alert.formats.internal.EveFormat;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  private static final List<EventFormat> FORMATS = List.of(new EveFormat());

  private static final List<SensorEvent> ONE = List.of(SampleEvents.anomaly());

  @TempDir private Path directory;

  private FileSink sink(Path path) throws IOException {
    return sink(path, Map.of());
  }

  @Test
  void everyDeliveryIsAppended() throws IOException {
    Path path = directory.resolve("made/on/demand/eve.json");
    FileSink sink = sink(path);
    sink.deliver(SampleEvents.oneOfEach());
    sink.deliver(List.of(SampleEvents.anomaly(), SampleEvents.stats()));
    assertThat(Files.readAllLines(path)).hasSize(7).allMatch(line -> line.startsWith("{\"times"));
    sink.close();
  }

  @Test
  void aFailedDeliveryLeavesNoTrace() throws IOException {
    Path path = directory.resolve("eve.json");
    FileSink sink = sink(path);
    sink.deliver(List.of(SampleEvents.anomaly()));
    Object unprintable =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("unprintable");
          }
        };
    List<SensorEvent> poisoned =
        Stream.concat(
                SampleEvents.oneOfEach().stream(),
                Stream.of(new StatsEvent(0, Map.of("bad", unprintable))))
            .toList();
    assertThatThrownBy(() -> sink.deliver(poisoned)).hasMessage("unprintable");
    assertThat(Files.readAllLines(path)).hasSize(1);
    sink.deliver(SampleEvents.oneOfEach());
    assertThat(Files.readAllLines(path)).hasSize(6).allMatch(line -> line.endsWith("}"));
    sink.close();
  }

  @Test
  void onlyTheTypesAskedForAreWanted() throws IOException {
    String path = directory.resolve("eve.json").toString();
    FileSink sink = new FileSink(Map.of("eve.file", path, "eve.types", "alert, stats"), FORMATS);
    assertThat(sink.wants(AlertEvent.class)).isTrue();
    assertThat(sink.wants(StatsEvent.class)).isTrue();
    assertThat(sink.wants(FlowEvent.class)).isFalse();
    sink.close();
    assertThatThrownBy(
            () -> new FileSink(Map.of("eve.file", path, "eve.types", "alert,dns"), FORMATS))
        .hasMessageContaining("eve.types")
        .hasMessageContaining("dns");
  }

  @Test
  void aFormatThatIsNotInstalledIsNamed() throws IOException {
    String path = directory.resolve("eve.json").toString();
    FileSink sink = new FileSink(Map.of("eve.file", path, "eve.format", "xml"), FORMATS);
    assertThatThrownBy(() -> sink.deliver(List.of(SampleEvents.stats())))
        .hasMessageContaining("the format 'xml' is not installed")
        .hasMessageEndingWith("eve");
    sink.close();
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedWithTheRemedy() throws IOException {
    assertThatThrownBy(() -> sink(directory))
        .hasMessage(
            "the file %s of the setting eve.file cannot be written (Is a directory); set eve.file"
                + " to a path that this user may write",
            directory);
    Path blocker = Files.createFile(directory.resolve("blocker"));
    assertThatThrownBy(() -> sink(blocker.resolve("eve.json")))
        .hasMessageContaining(blocker + " is not a directory");
    assertThatThrownBy(() -> new FileSink(Map.of(), FORMATS)).hasMessageContaining("eve.file is");
  }

  private FileSink sink(Path path, Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("eve.file", path.toString());
    return new FileSink(settings, FORMATS);
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.endsWith("eve.json")).sorted().toList();
    }
  }

  @Test
  void aRunGoesOnOrStartsAnew() throws IOException {
    Path path = Files.writeString(directory.resolve("eve.json"), "earlier\n");
    FileSink appends = sink(path);
    appends.deliver(ONE);
    appends.close();
    assertThat(Files.readAllLines(path)).hasSize(2).first().isEqualTo("earlier");
    Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH)); // before this process began
    FileSink anew = sink(path, Map.of("eve.append", "false"));
    anew.deliver(ONE);
    anew.close();
    assertThat(Files.readAllLines(path)).hasSize(1);
  }

  @Test
  void twoVersionsOfTheSinkTakeTurns() throws IOException {
    Path path = directory.resolve("eve.json");
    long line = FORMATS.getFirst().write(SampleEvents.anomaly()).length + 1L;
    Map<String, String> settings =
        Map.of("eve.append", "false", "eve.rotate-bytes", Long.toString(3 * line));
    FileSink first = sink(path, settings);
    first.deliver(ONE);
    FileSink second = sink(path, settings);
    assertThat(Files.readAllLines(path)).as("the one that is held harms nothing").hasSize(1);
    second.deliver(ONE);
    first.deliver(ONE);
    assertThat(Files.readAllLines(path)).hasSize(3);
    second.deliver(ONE);
    assertThat(aside()).as("the second has put the file aside").hasSize(1);
    first.deliver(ONE);
    first.close();
    second.close();
    assertThat(Files.readAllLines(path)).as("the first goes on in the new one").hasSize(2);
  }

  @Test
  void aLineThatACrashHasTornIsTakenAway() throws IOException {
    Path path = directory.resolve("eve.json");
    for (String torn : List.of("whole\n{\"timestamp\":\"20", "whole\n")) {
      Files.writeString(path, torn);
      FileSink sink = sink(path);
      sink.deliver(ONE);
      sink.close();
      assertThat(Files.readAllLines(path)).hasSize(2).first().isEqualTo("whole");
    }
    Files.writeString(path, "{\"never ended");
    FileSink sink = sink(path);
    sink.deliver(ONE);
    sink.close();
    assertThat(Files.readAllLines(path)).hasSize(1);
  }

  @Test
  void aFileThatGrowsTooLargeIsPutAsideCompressedAndTheOldestRemoved() throws IOException {
    Path path = directory.resolve("eve.json");
    long line = FORMATS.getFirst().write(SampleEvents.anomaly()).length + 1L;
    FileSink sink =
        sink(
            path,
            Map.of(
                "eve.rotate-bytes", Long.toString(2 * line),
                "eve.compress", "true",
                "eve.keep", "2"));
    for (int i = 0; i < 9; i++) {
      sink.deliver(ONE);
    }
    sink.close();
    assertThat(Files.readAllLines(path)).hasSize(1);
    assertThat(aside())
        .hasSize(2)
        .allMatch(file -> file.toString().matches(".*eve\\.json\\.[0-9]{8}T[0-9.]{10}Z\\.gz"));
    for (Path file : aside()) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()).hasSize(2);
      }
    }
  }

  @Test
  void aSpanThatIsOverPutsTheFileAside() throws IOException {
    Path path = Files.writeString(directory.resolve("eve.json"), "yesterday\n");
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    FileSink sink = sink(path, Map.of("eve.rotate", "86400"));
    sink.deliver(ONE);
    sink.deliver(ONE);
    sink.close();
    assertThat(Files.readAllLines(path)).hasSize(2).noneMatch("yesterday"::equals);
    assertThat(aside()).hasSize(1).first().matches(file -> file.toString().endsWith("Z"));
  }

  @Test
  void aFileThatSomebodyRenamedIsReopened() throws IOException {
    Path path = directory.resolve("eve.json");
    FileSink sink = sink(path);
    sink.deliver(ONE);
    Files.move(path, directory.resolve("eve.json.1"));
    sink.deliver(ONE);
    sink.run();
    sink.deliver(ONE);
    sink.close();
    assertThat(Files.readAllLines(directory.resolve("eve.json.1"))).hasSize(2);
    assertThat(Files.readAllLines(path)).hasSize(1);
  }

  @Test
  void aDiskThatIsFullTakesAllOrNothing() throws Exception {
    assumeTrue(
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString())
                .start()
                .waitFor()
            == 0,
        "only root may mount a small file system");
    try {
      Path path = directory.resolve("eve.json");
      FileSink sink = sink(path);
      sink.deliver(ONE);
      assertThatThrownBy(() -> sink.deliver(Collections.nCopies(500, SampleEvents.anomaly())))
          .hasMessageContaining(path + " takes no more: No space left on device");
      assertThat(Files.readAllLines(path)).hasSize(1);
      sink.deliver(ONE);
      sink.close();
      assertThat(Files.readAllLines(path)).hasSize(2).allMatch(line -> line.endsWith("}"));
    } finally {
      new ProcessBuilder("umount", directory.toString()).start().waitFor();
    }
  }
}
