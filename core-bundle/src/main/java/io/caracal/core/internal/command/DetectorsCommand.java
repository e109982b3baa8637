package io.caracal.core.internal.command;

import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginState;
import io.caracal.api.plugin.PluginStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lists what is installed: id, version, state with reason, views, engine and device. */
@Component(service = ToIntFunction.class, property = Command.NAME + "=detectors")
public final class DetectorsCommand extends Command {
  private final Parts parts;
  private final BundleContext context;

  /** A listing of the installed detectors. */
  @Activate
  public DetectorsCommand(@Reference Parts parts, BundleContext context) {
    this.parts = parts;
    this.context = context;
  }

  @Override
  int run(Options options) {
    List<PluginStatus> all = new ArrayList<>(unresolved());
    for (PluginReport report : parts.reports()) {
      report.plugins().stream().map(this::inUse).forEach(all::add);
    }
    all.sort(Comparator.comparing(PluginStatus::id).thenComparing(PluginStatus::version));
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("id", "version", "state", "views", "engine", "device", "what"));
    all.forEach(plugin -> table.add(cells(plugin)));
    new TextTable(table).print(System.out);
    return all.stream().anyMatch(plugin -> plugin.state() == PluginState.FAILED) ? 1 : 0;
  }

  private static List<String> cells(PluginStatus plugin) {
    return List.of(
        plugin.id(),
        plugin.version(),
        plugin.state().name().toLowerCase(Locale.ROOT),
        String.join(", ", plugin.views()),
        plugin.engine(),
        plugin.device(),
        plugin.reason().isEmpty() ? plugin.family() : plugin.reason());
  }

  private PluginStatus inUse(PluginStatus plugin) {
    String quarantine = parts.detectors.quarantined(plugin.id(), plugin.version());
    if (!quarantine.isEmpty()) {
      return with(plugin, PluginState.QUARANTINED, quarantine);
    }
    String scoring = parts.detectors.scoringVersion(plugin.id());
    if (plugin.state() == PluginState.ACTIVE
        && !scoring.isEmpty()
        && !scoring.equals(plugin.version())) {
      return with(plugin, PluginState.STANDBY, scoring + " is in use");
    }
    if (plugin.state() == PluginState.ACTIVE && !scoring.isEmpty() && !asked(plugin.id())) {
      return with(
          plugin,
          PluginState.STANDBY,
          "the ensemble gives it no weight; detectors.scope=all asks it all the same");
    }
    return plugin;
  }

  private boolean asked(String id) {
    return parts.panels().current().detectors().stream()
        .anyMatch(detector -> detector.description().id().equals(id));
  }

  private static PluginStatus with(PluginStatus plugin, PluginState state, String reason) {
    return new PluginStatus(
        plugin.bundle(),
        plugin.id(),
        plugin.version(),
        plugin.family(),
        plugin.views(),
        plugin.engine(),
        plugin.device(),
        state,
        reason);
  }

  /**
   * Bundles that require one of our extenders or views and do not resolve: asking to start them
   * says why.
   */
  private List<PluginStatus> unresolved() {
    List<PluginStatus> statuses = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      String requires = String.valueOf(bundle.getHeaders().get("Require-Capability"));
      if (bundle.getState() == Bundle.INSTALLED && requires.contains("io.caracal.")) {
        statuses.add(
            new PluginStatus(
                bundle.getBundleId(),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                "",
                List.of(),
                "",
                "",
                PluginState.UNRESOLVED,
                reason(bundle)));
      }
    }
    return statuses;
  }

  private static String reason(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT);
      return "resolved only now";
    } catch (BundleException e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("does not resolve");
    }
  }
}
