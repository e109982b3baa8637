package __package__;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caracal.api.alert.AlertSink;
import io.caracal.testkit.AlertSinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class __Name__SinkTest extends AlertSinkContract {
  @TempDir private Path folder;
  private __Name__Sink sink;

  @Override
  protected AlertSink open() throws IOException {
    Path file = folder.resolve("alerts.txt");
    sink =
        new __Name__Sink(
            Map.of(
                "service.pid", "io.caracal.sink.__name__~test", "__name__.file", file.toString()));
    return sink;
  }

  @Override
  protected void close() throws IOException {
    sink.close();
  }

  @Override
  protected List<String> received() throws IOException {
    return Files.readAllLines(folder.resolve("alerts.txt"));
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> new __Name__Sink(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__name__.file");
  }
}
