package io.caracal.alert.eve.internal;

import io.caracal.api.alert.AlertSink;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the EVE file as a sink where the setting {@code eve.file} names one. If it cannot be
 * written, the sensor runs without it and a {@link PluginReport} says why.
 */
@Component(
    service = {},
    immediate = true)
public final class EveService {
  private static final Logger LOG = LoggerFactory.getLogger(EveService.class);
  private static final Dictionary<String, ?> NO_PROPERTIES = FrameworkUtil.asDictionary(Map.of());

  @Activate
  public EveService(BundleContext context) {
    Settings settings = new Settings(context::getProperty);
    String file = settings.text("eve.file", "");
    if (file.isEmpty()) {
      return;
    }
    try {
      EveFile sink =
          EveFile.open(Path.of(file), EveType.parse(settings.text("eve.types", EveType.all())));
      context.registerService(AlertSink.class, sink, NO_PROPERTIES);
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("{}", e.getMessage());
      PluginStatus failed =
          new PluginStatus(
              "eve",
              context.getBundle().getVersion().toString(),
              "EVE JSON file",
              List.of(),
              "",
              "",
              PluginState.FAILED,
              String.valueOf(e.getMessage()));
      context.registerService(PluginReport.class, () -> List.of(failed), NO_PROPERTIES);
    }
  }
}
