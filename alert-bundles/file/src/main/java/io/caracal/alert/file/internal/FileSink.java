package io.caracal.alert.file.internal;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.EventType;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkName;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file as a sink: {@code eve.file} names it, {@code eve.types} says what it holds. As a {@link
 * Runnable} it is what the launcher calls when the process gets SIGHUP: the file is reopened.
 */
@Component(
    service = {AlertSink.class, Runnable.class},
    property = "caracal.signal=HUP",
    immediate = true,
    configurationPid = "io.caracal.sink.eve",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FileSink implements AlertSink, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

  private final String name;
  private final LineFile file;
  private final Set<EventType> types;
  private final String format;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<EventFormat> formats = new CopyOnWriteArrayList<>();

  /**
   * Opens the file.
   *
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if a setting is wrong or missing
   */
  @Activate
  public FileSink(Map<String, ?> configuration) throws IOException {
    name = SinkName.of(configuration);
    Settings settings = Settings.of(configuration);
    String path = settings.text("eve.file", "");
    if (path.isEmpty()) {
      throw new IllegalArgumentException(
          "eve.file is missing: it names the file; see docs/configuration.md");
    }
    types = EventType.list(settings, "eve.types", "flow,anomaly,alert,drift,stats");
    format = settings.text("eve.format", "eve");
    file = new LineFile(Path.of(path), settings.flag("eve.append", true), Rotation.of(settings));
  }

  /** With the formats given instead of those installed. */
  FileSink(Map<String, ?> configuration, List<EventFormat> formats) throws IOException {
    this(configuration);
    this.formats.addAll(formats);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return types.stream().anyMatch(wanted -> wanted.event() == type)
        && formats.stream().noneMatch(f -> f.name().equals(format) && !f.covers(type));
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException {
    EventFormat writer = EventFormat.named(format, formats);
    file.append(events.stream().map(writer::write));
  }

  @Override
  public void run() {
    try {
      file.reopen();
    } catch (IOException e) {
      LOG.error("{}", e.getMessage());
    }
  }

  @Deactivate
  void close() throws IOException {
    file.close();
  }
}
