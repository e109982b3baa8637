package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Alerts and drift in QRadar's Log Event Extended Format, version 2.0, see docs/formats.md. Written
 * after "IBM QRadar Log Event Extended Format (LEEF) Version 2".
 */
@Component(service = EventFormat.class)
public final class LeefFormat implements EventFormat {
  private final Timestamps times = new Timestamps("+0000");
  private final String version;

  /** A format of this bundle. */
  @Activate
  public LeefFormat(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /**
   * A format of a sensor.
   *
   * @param version the sensor's
   */
  public LeefFormat(String version) {
    this.version = version;
  }

  @Override
  public String name() {
    return "leef";
  }

  @Override
  public String mediaType() {
    return "text/plain";
  }

  @Override
  public boolean covers(Class<? extends SensorEvent> type) {
    return type == AlertEvent.class || type == DriftEvent.class;
  }

  @Override
  public byte[] write(SensorEvent event) {
    LeefLine line =
        switch (event) {
          case AlertEvent alert -> new LeefAlert(alert).line(version, times);
          case DriftEvent drift -> drift(drift);
          default -> throw Uncovered.by(this, event);
        };
    return line.text().getBytes(StandardCharsets.UTF_8);
  }

  private LeefLine drift(DriftEvent drift) {
    return new LeefLine(version, "drift", times)
        .devTime(drift.timeNanos())
        .put("cat", CaracalObject.EVENT_KIND)
        .put("sev", CefDrift.severity(drift))
        .put("msg", new DriftWords(drift).text())
        .put("state", drift.state().key())
        .time("since", drift.sinceNanos())
        .put("reference", drift.reference())
        .put("index", AlertWords.number((float) drift.index()))
        .put("hosts", drift.hosts());
  }
}
