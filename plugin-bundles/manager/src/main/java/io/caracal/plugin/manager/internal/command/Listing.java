package io.caracal.plugin.manager.internal.command;

import io.caracal.api.plugin.PluginStatus;
import io.caracal.plugin.manager.internal.Change;
import io.caracal.plugin.manager.internal.Lifecycle;
import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.Stage;
import io.caracal.plugin.manager.internal.Steps;
import io.caracal.plugin.manager.internal.catalogue.Catalogues;
import io.caracal.plugin.manager.internal.catalogue.Offer;
import io.caracal.plugin.manager.internal.catalogue.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Commands that look and change nothing. */
final class Listing {
  private final Lifecycle lifecycle;
  private final Catalogues catalogues;
  private final Planner planner;

  Listing(Lifecycle lifecycle, Catalogues catalogues, Planner planner) {
    this.lifecycle = lifecycle;
    this.catalogues = catalogues;
    this.planner = planner;
  }

  /** Every installed version, then what was refused. */
  Answer list() {
    List<PluginRow> rows = new ArrayList<>();
    List<Offer> offers = catalogues.known();
    lifecycle.plugins().forEach(plugin -> rows.add(row(plugin, offers)));
    lifecycle.refused().forEach(status -> rows.add(refused(status)));
    return Answer.of(
        rows,
        rows.isEmpty()
            ? List.of("no plugins are installed; caracal detectors lists what the sensor ships")
            : PluginRow.table(rows).lines());
  }

  private PluginRow row(Plugin plugin, List<Offer> offers) {
    PluginRow row = PluginRow.of(plugin);
    return plugin.stage() == Stage.PROMOTED
        ? row.withUpdate(
            planner.update(row.name(), offers).map(offer -> offer.version().toString()).orElse(""))
        : row;
  }

  private static PluginRow refused(PluginStatus status) {
    return new PluginRow(
        status.id(),
        status.version(),
        "refused",
        List.of(),
        "",
        status.reason(),
        "",
        "",
        "",
        "",
        status.bundle(),
        Map.of());
  }

  /** Everything about one plugin, all versions of it. */
  Answer info(String name) throws Refusal {
    List<PluginRow> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    List<Offer> offers = catalogues.known();
    for (Plugin plugin : new Named(lifecycle.plugins()).of(name)) {
      PluginRow row = row(plugin, offers);
      rows.add(row);
      lines.addAll(row.details());
      lines.add("");
    }
    lines.removeLast();
    return Answer.of(rows, lines);
  }

  /** What was done, the oldest first; of one plugin if it is named. */
  Answer history(String name) {
    List<Change> changes =
        lifecycle.history().stream().filter(change -> change.plugin().endsWith(name)).toList();
    List<List<String>> table =
        Stream.concat(
                Stream.of(
                    List.of(
                        "time",
                        "action",
                        "plugin",
                        "version",
                        "result",
                        "by",
                        "signed by",
                        "reason",
                        "steps")),
                changes.stream().map(Listing::cells))
            .toList();
    return Answer.of(
        changes,
        changes.isEmpty()
            ? List.of("nothing was done" + (name.isEmpty() ? "" : " to " + name) + " yet")
            : new TextTable(table).lines());
  }

  private static List<String> cells(Change change) {
    return List.of(
        change.time(),
        change.action(),
        change.plugin(),
        change.version(),
        change.result(),
        change.actor(),
        change.signer(),
        change.reason(),
        Steps.text(change.steps()));
  }
}
