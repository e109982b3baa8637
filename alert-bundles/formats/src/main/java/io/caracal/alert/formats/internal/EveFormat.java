package io.caracal.alert.formats.internal;

import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import org.osgi.service.component.annotations.Component;

/** Every event as a line of JSON in the vocabulary of Suricata's EVE, see docs/events.md. */
@Component(service = EventFormat.class)
public final class EveFormat implements EventFormat {
  private final Timestamps times = new Timestamps("+0000");

  @Override
  public String name() {
    return "eve";
  }

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public boolean covers(Class<? extends SensorEvent> type) {
    return true;
  }

  @Override
  public byte[] write(SensorEvent event) {
    return JsonLine.of(json -> new EveEncoder(json, times).write(event));
  }
}
