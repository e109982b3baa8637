package io.caracal.plugin.manager.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes installed plugins from stage to stage: to use, to standby, to quarantine, out of the
 * framework. Each change is in the journal before it is done to what scores. One at a time: the
 * monitor of this object is held for a change, also by others who make one. Thread-safe.
 */
final class Transitions {
  private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);

  private final PluginStore store;
  private final Roles roles;
  private final Departures departures;

  Transitions(PluginStore store, Roles roles, Departures departures) {
    this.store = store;
    this.roles = roles;
    this.departures = departures;
  }

  /** Puts a version to use; newer ones of the same name stand by. */
  synchronized Plugin promote(String name, Version version, String actor) throws Refusal {
    Plugin plugin = store.installed().get(name, version);
    return promote(plugin, "promote", actor, new Steps());
  }

  /** Puts a plugin to use; newer ones of the same name stand by. */
  synchronized Plugin promote(Plugin plugin, String action, String actor, Steps steps)
      throws Refusal {
    Installed installed = store.installed();
    Plugin next = plugin.at(Stage.PROMOTED, "").after(steps);
    List<Plugin> newer =
        installed.newer(plugin).stream()
            .filter(other -> other.stage() == Stage.PROMOTED)
            .map(other -> other.at(Stage.STANDBY, plugin.jar().version() + " is in use"))
            .toList();
    steps.act("journal", () -> store.journal().write(action, next, actor, newer));
    newer.forEach(installed::put);
    installed.put(next);
    steps.act("promote", () -> roles.change(Installed.ids(newer), Set.of(next.id())));
    Plugin used = next.after(steps);
    installed.put(used);
    store.tally().swaps.increment();
    store.tally().forget(used.file());
    LOG.info(
        "plugin {} is in use, by {} ({})", used.jar().title(), actor, Steps.text(used.steps()));
    return used;
  }

  /** Leaves a plugin where the journal says that it was left. */
  synchronized Plugin restore(Plugin plugin, Change last) {
    Plugin restored =
        last.stage() == Stage.PROMOTED
            ? plugin.at(Stage.PROMOTED, "")
            : plugin.at(last.stage(), last.reason());
    store.installed().put(restored);
    if (restored.stage() == Stage.PROMOTED) {
      roles.change(Set.of(), Set.of(restored.id()));
    } else {
      LOG.info("plugin {} stays out of use: {}", restored.jar().title(), restored.reason());
    }
    return restored;
  }

  /** Takes the version that is in use out of use; what was used before is used again. */
  synchronized Plugin rollback(String name, String actor) throws Refusal {
    Plugin plugin =
        store
            .installed()
            .used(name)
            .orElseThrow(() -> new Refusal("no plugin " + name + " is in use"));
    return hold(plugin.at(Stage.STANDBY, "rolled back"), "rollback", actor);
  }

  /** Takes a version out of use for a reason. */
  synchronized Plugin quarantine(String name, Version version, String reason, String actor)
      throws Refusal {
    Plugin plugin = store.installed().get(name, version).at(Stage.QUARANTINED, reason);
    return hold(plugin, "quarantine", actor);
  }

  private Plugin hold(Plugin plugin, String action, String actor) throws Refusal {
    store.journal().write(action, plugin.after(new Steps()), actor, List.of());
    store.installed().put(plugin);
    roles.change(Set.of(plugin.id()), Set.of());
    LOG.info("plugin {} is out of use, by {}: {}", plugin.jar().title(), actor, plugin.reason());
    return plugin;
  }

  /** Takes a version out of use, uninstalls it and deletes its file. */
  synchronized Plugin remove(String name, Version version, String actor) throws Refusal {
    Plugin plugin = store.installed().get(name, version);
    try {
      store.files().delete(plugin.file());
    } catch (IOException e) {
      throw new Refusal(plugin.file() + " cannot be deleted (" + e + "); see to its rights", e);
    }
    return removed(plugin, actor);
  }

  /** The file of a plugin is there no more, or holds another one. */
  synchronized Plugin removed(Plugin plugin, String actor) throws Refusal {
    Steps steps = new Steps();
    Plugin gone = plugin.at(Stage.RETIRED, "").after(steps);
    steps.act("journal", () -> store.journal().write("remove", gone, actor, List.of()));
    steps.act("leave", () -> leave(plugin));
    LOG.info(
        "plugin {} is removed, by {} ({})",
        plugin.jar().title(),
        actor,
        Steps.text(steps.milliseconds()));
    return gone.after(steps);
  }

  /** A file of the folder is there no more. */
  synchronized void gone(Path file) {
    store.tally().forget(file);
    for (Plugin plugin : store.installed().at(file)) {
      try {
        removed(plugin, Request.FOLDER.actor());
      } catch (Refusal e) {
        LOG.error("{} is gone: {}", file, e.getMessage());
      }
    }
  }

  /** Notes what the journal believes to be installed and is not in the folder any more. */
  synchronized void reconcile() {
    for (Change change : store.journal().installed().values()) {
      if (store.installed().all().stream()
          .noneMatch(plugin -> plugin.jar().sha256().equals(change.sha256()))) {
        store.journal().vanished(change);
      }
    }
  }

  /** Takes a version that was replaced out of the framework and puts its file aside. */
  synchronized void retire(Plugin plugin) throws Refusal {
    if (!store.journal().owned() || store.installed().find(plugin::equals).isEmpty()) {
      return;
    }
    Steps steps = new Steps();
    steps.act("put aside", () -> putAside(plugin));
    Plugin gone = plugin.at(Stage.RETIRED, "").after(steps);
    steps.act("journal", () -> store.journal().write("retire", gone, "rollback window", List.of()));
    store.tally().retired.increment();
    steps.act("leave", () -> leave(plugin));
    LOG.info(
        "plugin {} is retired ({}); its file is in retired/",
        plugin.jar().title(),
        Steps.text(steps.milliseconds()));
  }

  private void putAside(Plugin plugin) throws Refusal {
    try {
      store.files().retire(plugin.file());
    } catch (IOException e) {
      throw new Refusal(plugin.file() + " cannot be put aside (" + e + "); see to its rights", e);
    }
  }

  /** Out of use first, so that what was used before is used again; then out of the framework. */
  private void leave(Plugin plugin) {
    roles.change(Set.of(plugin.id()), Set.of());
    store.installed().remove(plugin);
    ClassLoaderWatch classes = ClassLoaderWatch.of(plugin);
    store.bundles().discard(plugin.bundle());
    departures.add(classes);
  }

  /** The host took a bundle out of use. */
  synchronized void failed(long bundle, String reason) {
    store.installed().all().stream()
        .filter(plugin -> plugin.id() == bundle)
        .forEach(plugin -> failed(plugin, reason, "host"));
  }

  /** What would not be admitted any more is quarantined. */
  synchronized void judge(Gate gate) {
    for (Plugin plugin : store.installed().all()) {
      if (plugin.stage() != Stage.QUARANTINED) {
        try {
          gate.admit(plugin.jar(), store.journal());
        } catch (Refusal e) {
          failed(plugin, e.getMessage(), "trust store");
        }
      }
    }
  }

  private void failed(Plugin plugin, String reason, String actor) {
    try {
      hold(plugin.at(Stage.QUARANTINED, reason), "quarantine", actor);
    } catch (Refusal e) {
      LOG.error("{}", e.getMessage());
    }
  }
}
