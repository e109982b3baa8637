package __package__;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkName;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** Appends one line for each alert to the file that {@code __name__.file} names. */
@Component(
    service = AlertSink.class,
    immediate = true,
    configurationPid = "io.caracal.sink.__name__",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class __Name__Sink implements AlertSink {
  private final String name;
  private final FileChannel file;

  /**
   * Opens the file.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if it is not named
   */
  @Activate
  public __Name__Sink(Map<String, ?> configuration) throws IOException {
    name = SinkName.of(configuration);
    String path = Settings.of(configuration).text("__name__.file", "");
    if (path.isEmpty()) {
      throw new IllegalArgumentException(
          "__name__.file is missing: it names the file that alerts are written to");
    }
    file =
        FileChannel.open(
            Path.of(path),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return type == AlertEvent.class;
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (SensorEvent event : events) {
      if (event instanceof AlertEvent alert) {
        lines.append(line(alert)).append('\n');
      }
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    file.force(false);
  }

  static String line(AlertEvent alert) {
    return alert.id()
        + ' '
        + alert.state().name()
        + ' '
        + alert.attacker()
        + ' '
        + alert.strongest().attackClass().name();
  }

  @Deactivate
  void close() throws IOException {
    file.close();
  }
}
