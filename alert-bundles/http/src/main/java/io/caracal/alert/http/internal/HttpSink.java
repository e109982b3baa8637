package io.caracal.alert.http.internal;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.EventType;
import io.caracal.api.alert.SensorEvent;
import io.caracal.api.alert.SinkName;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.util.ArrayList;
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

/**
 * Posts events to a URL, several in a request: to any webhook, to Elasticsearch or to Splunk. A
 * delivery is done when the receiver has answered every request of it with success.
 */
@Component(
    immediate = true,
    service = AlertSink.class,
    configurationPid = "io.caracal.sink.http",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class HttpSink implements AlertSink {
  private final String name;
  private final HttpSettings settings;
  private final Sender sender;

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private final List<EventFormat> formats = new CopyOnWriteArrayList<>();

  /**
   * Reads the settings; nothing is sent yet.
   *
   * @throws IOException if a certificate cannot be read
   * @throws IllegalArgumentException if a setting is wrong or missing
   */
  @Activate
  public HttpSink(Map<String, ?> configuration) throws IOException {
    name = SinkName.of(configuration);
    settings = HttpSettings.of(Settings.of(configuration));
    sender = new Sender(settings);
  }

  /** With the formats given instead of those installed. */
  HttpSink(Map<String, ?> configuration, List<EventFormat> formats) throws IOException {
    this(configuration);
    this.formats.addAll(formats);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean wants(Class<? extends SensorEvent> type) {
    return settings.types().stream().map(EventType::event).anyMatch(type::equals);
  }

  @Override
  public void deliver(List<SensorEvent> events) throws IOException, InterruptedException {
    EventFormat format = EventFormat.named(settings.payload(), formats);
    List<Item> batch = new ArrayList<>();
    long bytes = 0;
    for (SensorEvent event : events) {
      Item item = Item.of(event, format);
      if (!batch.isEmpty() && bytes + item.bytes() > settings.bodyBytes()) {
        send(batch, format);
        batch.clear();
        bytes = 0;
      }
      batch.add(item);
      bytes += item.bytes();
    }
    send(batch, format);
  }

  private void send(List<Item> batch, EventFormat format) throws IOException, InterruptedException {
    sender.send(settings.framing().body(batch, format), settings.framing().mediaType(format));
  }

  @Deactivate
  void close() {
    sender.close();
  }
}
