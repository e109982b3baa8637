package io.caracal.alert.formats.internal;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.EventFormat;
import io.caracal.api.alert.SensorEvent;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Alerts and drift as lines of JSON in the Elastic Common Schema, see docs/formats.md.
 *
 * @see <a href="https://www.elastic.co/docs/reference/ecs">the schema</a>
 */
@Component(service = EventFormat.class)
public final class EcsFormat implements EventFormat {
  private final Timestamps times = new Timestamps("Z");
  private final String version;

  /** A format of this bundle. */
  @Activate
  public EcsFormat(BundleContext context) {
    this(context.getBundle().getVersion().toString());
  }

  /**
   * A format of a sensor.
   *
   * @param version the sensor's
   */
  public EcsFormat(String version) {
    this.version = version;
  }

  @Override
  public String name() {
    return "ecs";
  }

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public boolean covers(Class<? extends SensorEvent> type) {
    return type == AlertEvent.class || type == DriftEvent.class;
  }

  @Override
  public byte[] write(SensorEvent event) {
    return switch (event) {
      case AlertEvent alert ->
          JsonLine.of(json -> new EcsAlert(alert, version).write(new EventJson(json, times)));
      case DriftEvent drift ->
          JsonLine.of(json -> new EcsDrift(drift, version).write(new EventJson(json, times)));
      default -> throw Uncovered.by(this, event);
    };
  }
}
