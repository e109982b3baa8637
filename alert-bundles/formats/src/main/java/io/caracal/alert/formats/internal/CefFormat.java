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
 * Alerts and drift in ArcSight's Common Event Format, version 0, see docs/formats.md. Written after
 * "Implementing ArcSight Common Event Format", version 23 and later.
 */
@Component(service = EventFormat.class)
public final class CefFormat implements EventFormat {
  private final String version;

  /** A format of this bundle. */
  @Activate
  public CefFormat(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /**
   * A format of a sensor.
   *
   * @param version the sensor's
   */
  public CefFormat(String version) {
    this.version = version;
  }

  @Override
  public String name() {
    return "cef";
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
    CefLine line =
        switch (event) {
          case AlertEvent alert -> new CefAlert(alert).line(version);
          case DriftEvent drift -> new CefDrift(drift).line(version);
          default -> throw Uncovered.by(this, event);
        };
    return line.text().getBytes(StandardCharsets.UTF_8);
  }
}
