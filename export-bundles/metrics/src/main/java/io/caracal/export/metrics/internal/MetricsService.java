package io.caracal.export.metrics.internal;

import io.caracal.api.plugin.SensorCounters;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the counters of a sensor while it works, where {@code metrics.listen} says. A port that is
 * taken stops no sensor: it is told and the sensor works unwatched.
 */
@Component(
    service = {},
    immediate = true)
public final class MetricsService {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsService.class);

  private final Optional<MetricsServer> server;

  /** Begins to listen if asked to. */
  @Activate
  public MetricsService(BundleContext context, @Reference SensorCounters sensor) {
    String listen = new Settings(context::getProperty).text("metrics.listen", "");
    server = listen.isEmpty() ? Optional.empty() : open(listen, sensor);
  }

  private static Optional<MetricsServer> open(String listen, SensorCounters sensor) {
    try {
      MetricsServer opened = new MetricsServer(listen, sensor);
      LOG.info("metrics and health are at http://{}/metrics and /health", listen);
      return Optional.of(opened);
    } catch (IOException e) {
      LOG.error(
          "metrics and health cannot be served at {}: {}; set metrics.listen to a free port",
          listen,
          e.getMessage());
    } catch (IllegalArgumentException e) {
      LOG.error("metrics and health are not served: {}", e.getMessage());
    }
    return Optional.empty();
  }

  @Deactivate
  void close() {
    server.ifPresent(MetricsServer::close);
  }
}
