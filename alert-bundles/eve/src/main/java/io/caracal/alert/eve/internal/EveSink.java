package io.caracal.alert.eve.internal;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** The EVE file as a sink: {@code eve.file} names it, {@code eve.types} what it holds. */
@Component(
    immediate = true,
    configurationPid = "io.caracal.sink.eve",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class EveSink implements AlertSink {
  private final EveFile file;

  /**
   * Starts the file anew.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if a setting is wrong or missing
   */
  @Activate
  public EveSink(Map<String, ?> configuration) throws IOException {
    Settings settings = Settings.of(configuration);
    String path = settings.text("eve.file", "");
    if (path.isEmpty()) {
      throw new IllegalArgumentException(
          "eve.file is missing: it names the file; see docs/configuration.md");
    }
    file = EveFile.open(Path.of(path), EveType.parse(settings.text("eve.types", EveType.all())));
  }

  @Override
  public String name() {
    return "eve";
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return file.wants(type);
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException {
    file.deliver(events);
  }

  @Deactivate
  void close() throws IOException {
    file.close();
  }
}
