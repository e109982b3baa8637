package io.caracal.alert.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.alert.formats.internal.EveFormat;
import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.FlowEvent;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.StatsEvent;
import io.caracal.testkit.SampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  private static final List<EventFormat> FORMATS = List.of(new EveFormat());

  @TempDir private Path directory;

  private FileSink sink(Path path) throws IOException {
    return new FileSink(Map.of("eve.file", path.toString()), FORMATS);
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
}
