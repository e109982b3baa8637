package io.caracal.alert.syslog.internal;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkName;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** A syslog receiver as a sink; docs/sinks.md says how sure a delivery is. */
@Component(
    service = AlertSink.class,
    immediate = true,
    configurationPid = "io.caracal.sink.syslog",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SyslogSink implements AlertSink {
  private final String name;
  private final SyslogSettings settings;
  private final Messages messages;
  private final Channel channel;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<EventFormat> formats = new CopyOnWriteArrayList<>();

  /**
   * Reads the settings; nothing is connected yet.
   *
   * @throws IOException if a certificate cannot be read
   * @throws IllegalArgumentException if a setting is wrong or missing
   */
  @Activate
  public SyslogSink(Map<String, ?> configuration) throws IOException {
    name = SinkName.of(configuration);
    settings = SyslogSettings.of(Settings.of(configuration));
    messages = new Messages(settings);
    channel = settings.channel();
  }

  /**
   * With the formats given instead of those installed.
   *
   * @throws IOException if a certificate cannot be read
   */
  public SyslogSink(Map<String, ?> configuration, List<EventFormat> formats) throws IOException {
    this(configuration);
    this.formats.addAll(formats);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return settings.types().stream().anyMatch(wanted -> wanted.event() == type)
        && formats.stream().noneMatch(f -> f.name().equals(settings.payload()) && !f.covers(type));
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException {
    EventFormat format = EventFormat.named(settings.payload(), formats);
    channel.send(events.stream().map(event -> messages.of(event, format)).toList());
  }

  /** Ends the connection. */
  @Deactivate
  public void close() {
    channel.close();
  }
}
