package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.PluginCounters;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes plugins from a file to use and back: staged, verified, resolved, started beside what is
 * there, tested, tried, promoted; later on standby, quarantined or retired. One change at a time; a
 * trial on live flows holds up no other change. Every change is in the journal before it is done to
 * what scores. Thread-safe.
 */
@Component(service = Lifecycle.class, immediate = true)
public final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Roles roles;
  private final SelfTest selfTest;
  private final Trial trial;
  private final Gate gate;
  private final long limit;
  private final Bundles bundles;
  private final PluginFiles files;
  private final ChangeLog log;
  private final Journal journal;
  private final Installed installed = new Installed();
  private final Tally tally = new Tally();
  private final Retirement retirement;
  private final PluginRoles.Watch quarantines;
  private final ServiceRegistration<?> account;

  /** A life cycle of the plugins in the folder that the settings name. */
  @Activate
  public Lifecycle(
      BundleContext context,
      @Reference Roles roles,
      @Reference SelfTest selfTest,
      @Reference Trial trial,
      @Reference Gate gate) {
    this(context, roles, selfTest, trial, gate, () -> {});
  }

  /**
   * The same.
   *
   * @param step called after each step of a change on the disk
   */
  Lifecycle(
      BundleContext context,
      Roles roles,
      SelfTest selfTest,
      Trial trial,
      Gate gate,
      Runnable step) {
    this.roles = roles;
    this.selfTest = selfTest;
    this.trial = trial;
    this.gate = gate;
    Settings settings = new Settings(context::getProperty);
    this.limit = (long) settings.number("plugins.max-bytes", 536870912);
    Path folder = Path.of(settings.text("plugins.dir", "plugins"));
    this.bundles = new Bundles(context, roles, gate);
    this.files = new PluginFiles(folder, step);
    this.log = new ChangeLog(folder, step);
    this.journal = new Journal(log, settings, Clock.systemUTC());
    this.retirement = new Retirement(this, installed, bundles, settings);
    this.quarantines = roles.onQuarantine(retirement::failed);
    this.account =
        context.registerService(
            new String[] {PluginReport.class.getName(), PluginCounters.class.getName()},
            new PluginAccount(this),
            null);
  }

  @Deactivate
  void close() throws IOException {
    account.unregister();
    quarantines.close();
    retirement.close();
    log.close();
  }

  /** The plugins that are installed, by name and version. */
  public List<Plugin> plugins() {
    return installed.all();
  }

  /** What was done so far, the oldest first. */
  public List<Change> history() {
    return journal.changes();
  }

  /** The counters under {@code plugins.}. */
  public Map<String, Object> counters() {
    return tally.counters(installed.all().size(), retirement.leaving(), retirement.leaked());
  }

  /** What was refused. */
  public List<PluginStatus> refused() {
    return tally.refused();
  }

  /**
   * A jar that would be let in.
   *
   * @param plugin symbolic name
   * @param version its version
   * @param signer who signed it, empty if nobody
   * @param sha256 of the jar, in hexadecimal
   */
  public record Verified(String plugin, String version, String signer, String sha256) {}

  /**
   * Examines a jar and does nothing with it.
   *
   * @throws Refusal if it would not be let in
   */
  public Verified verify(Path file) throws Refusal {
    PluginJar jar = PluginJar.read(file, limit);
    return new Verified(
        jar.symbolicName(), jar.version().toString(), gate.admit(jar, journal), jar.sha256());
  }

  /**
   * Tells what would come of installing a plugin; nothing of it is left.
   *
   * @throws Refusal if the file cannot be read
   */
  public synchronized Plan plan(Path file) throws Refusal {
    PluginJar jar = PluginJar.read(file, limit);
    List<String> obstacles = new ArrayList<>();
    String signer = "";
    try {
      requireNew(jar);
      signer = gate.admit(jar, journal);
      Bundle bundle = bundles.install(jar);
      bundles.unmet(bundle).stream().map(lack -> "it " + lack).forEach(obstacles::add);
      bundles.discard(bundle);
    } catch (Refusal e) {
      obstacles.add(e.getMessage());
    }
    String from =
        installed
            .used(jar.symbolicName())
            .map(used -> " in place of " + used.jar().version())
            .orElse("");
    return new Plan(
        jar.symbolicName(),
        jar.version().toString(),
        signer,
        List.of(jar.title() + " would be put to use" + from),
        obstacles);
  }

  /**
   * Takes a plugin from its file to use. One that lies elsewhere is put into the folder of plugins
   * once it has passed; what the journal says of the same bytes in the folder is kept to.
   *
   * @throws Refusal if it is not taken; nothing of it is left then
   */
  public Plugin install(Path file, Request request) throws Refusal {
    Optional<PluginJar> jar = Optional.empty();
    try {
      files.create(); // the journal of what is refused lies there too
      jar = Optional.of(PluginJar.read(file, limit));
      return install(jar.get(), file, request);
    } catch (Refusal e) {
      tally.refused(jar, file, e.getMessage());
      journal.refused("install", jar, request.actor(), e.getMessage());
      throw e;
    }
  }

  private Plugin install(PluginJar jar, Path file, Request request) throws Refusal {
    Plugin tested;
    synchronized (this) {
      Optional<Plugin> same = requireNew(jar);
      if (same.isPresent()) {
        return same.get();
      }
      tested = test(jar, file);
    }
    try {
      if (trial.wanted(tested, request)) {
        installed.put(tested.at(Stage.SHADOW, ""));
        trial.run(tested).ifPresent(report -> LOG.info("plugin {}: {}", jar.title(), report));
      }
      return use(tested, request);
    } catch (Refusal e) {
      installed.remove(tested);
      bundles.discard(tested.bundle());
      throw e;
    }
  }

  /** The plugin of the same bytes, if it is installed. */
  private Optional<Plugin> requireNew(PluginJar jar) throws Refusal {
    Optional<Plugin> same = installed.find(jar.symbolicName(), jar.version());
    if (same.filter(known -> !known.jar().sha256().equals(jar.sha256())).isPresent()) {
      throw new Refusal(
          jar.title()
              + " is installed already with other content; give "
              + jar.name()
              + " a new version");
    }
    return same;
  }

  private Plugin test(PluginJar jar, Path file) throws Refusal {
    String signer = gate.admit(jar, journal);
    Bundle bundle = bundles.start(jar);
    try {
      selfTest.check(bundle);
    } catch (Refusal e) {
      bundles.discard(bundle);
      throw e;
    }
    Plugin tested = new Plugin(jar, file, bundle, signer, Stage.TESTED, "", System.nanoTime());
    installed.put(tested);
    return tested;
  }

  private synchronized Plugin use(Plugin tested, Request request) throws Refusal {
    PluginJar jar = tested.jar();
    if (installed.find(jar.symbolicName(), jar.version()).isEmpty()) {
      throw new Refusal(jar.title() + " was taken away before it was put to use");
    }
    if (!files.holds(tested.file())) {
      Plugin placed = tested.from(place(jar));
      installed.put(placed);
      return promote(placed, "install", request.actor());
    }
    Optional<Change> before = journal.last(jar).filter(known -> known.stage().installed());
    if (before.isEmpty()) {
      return promote(tested, "install", request.actor());
    }
    if (before.get().stage() != Stage.PROMOTED) {
      Plugin held = tested.at(before.get().stage(), before.get().reason());
      installed.put(held);
      LOG.info("plugin {} stays out of use: {}", jar.title(), held.reason());
      return held;
    }
    Plugin used = tested.at(Stage.PROMOTED, "");
    installed.put(used);
    roles.change(Set.of(), Set.of(used.id()));
    return used;
  }

  private Path place(PluginJar jar) throws Refusal {
    if (!log.owned()) {
      throw new Refusal(
          jar.title()
              + " is not installed: another process works on the folder of plugins; stop it, or let"
              + " it do that");
    }
    try {
      return files.place(jar);
    } catch (IOException e) {
      throw new Refusal(
          jar.title()
              + " cannot be put into the folder of plugins ("
              + e
              + "); make room or rights",
          e);
    }
  }

  /** Puts a version to use; newer ones of the same name stand by. */
  public synchronized Plugin promote(String name, Version version, Request request) throws Refusal {
    return promote(installed.get(name, version), "promote", request.actor());
  }

  private Plugin promote(Plugin plugin, String action, String actor) throws Refusal {
    Plugin used = plugin.at(Stage.PROMOTED, "");
    List<Plugin> newer =
        installed.newer(plugin).stream()
            .filter(other -> other.stage() == Stage.PROMOTED)
            .map(other -> other.at(Stage.STANDBY, plugin.jar().version() + " is in use"))
            .toList();
    journal.write(action, used, actor, newer);
    newer.forEach(installed::put);
    installed.put(used);
    roles.change(Installed.ids(newer), Set.of(used.id()));
    tally.swaps.increment();
    tally.forget(used.file());
    LOG.info("plugin {} is in use, by {}", used.jar().title(), actor);
    return used;
  }

  /** Takes the version that is in use out of use; what was used before is used again. */
  public synchronized Plugin rollback(String name, Request request) throws Refusal {
    Plugin plugin =
        installed.used(name).orElseThrow(() -> new Refusal("no plugin " + name + " is in use"));
    return hold(plugin.at(Stage.STANDBY, "rolled back"), "rollback", request.actor());
  }

  /** Takes a version out of use for a reason. */
  public synchronized Plugin quarantine(
      String name, Version version, String reason, Request request) throws Refusal {
    Plugin plugin = installed.get(name, version).at(Stage.QUARANTINED, reason);
    return hold(plugin, "quarantine", request.actor());
  }

  private Plugin hold(Plugin plugin, String action, String actor) throws Refusal {
    journal.write(action, plugin, actor, List.of());
    installed.put(plugin);
    roles.change(Set.of(plugin.id()), Set.of());
    LOG.info("plugin {} is out of use, by {}: {}", plugin.jar().title(), actor, plugin.reason());
    return plugin;
  }

  /** Takes a version out of use, uninstalls it and deletes its file. */
  public synchronized Plugin remove(String name, Version version, Request request) throws Refusal {
    Plugin plugin = installed.get(name, version);
    try {
      files.delete(plugin.file());
    } catch (IOException e) {
      throw new Refusal(plugin.file() + " cannot be deleted (" + e + "); see to its rights", e);
    }
    return removed(plugin, request.actor());
  }

  private Plugin removed(Plugin plugin, String actor) throws Refusal {
    Plugin gone = plugin.at(Stage.RETIRED, "");
    journal.write("remove", gone, actor, List.of());
    leave(plugin);
    LOG.info("plugin {} is removed, by {}", plugin.jar().title(), actor);
    return gone;
  }

  /** Out of use first, so that what was used before is used again; then out of the framework. */
  private void leave(Plugin plugin) {
    roles.change(Set.of(plugin.id()), Set.of());
    installed.remove(plugin);
    ClassLoaderWatch classes = ClassLoaderWatch.of(plugin);
    bundles.discard(plugin.bundle());
    retirement.watch(classes);
  }

  /** A file of the folder is there no more. */
  synchronized void gone(Path file) {
    tally.forget(file);
    for (Plugin plugin : installed.at(file)) {
      try {
        removed(plugin, Request.FOLDER.actor());
      } catch (Refusal e) {
        LOG.error("{} is gone: {}", file, e.getMessage());
      }
    }
  }

  /** A file of the folder has another content: it takes over before the former one goes. */
  void changed(Path file) throws Refusal {
    List<Plugin> former = installed.at(file);
    Plugin now = install(file, Request.FOLDER);
    for (Plugin plugin : former) {
      if (plugin.id() != now.id()) {
        synchronized (this) {
          removed(plugin, Request.FOLDER.actor());
        }
      }
    }
  }

  /** Notes what the journal believes to be installed and is not in the folder any more. */
  synchronized void reconcile() {
    for (Change change : journal.installed().values()) {
      if (installed.all().stream().noneMatch(p -> p.jar().sha256().equals(change.sha256()))) {
        journal.vanished(change);
      }
    }
  }

  /** Takes a version that was replaced out of the framework and puts its file aside. */
  synchronized void retire(Plugin plugin) throws Refusal {
    if (!log.owned() || installed.find(plugin::equals).isEmpty()) {
      return;
    }
    try {
      files.retire(plugin.file());
    } catch (IOException e) {
      throw new Refusal(plugin.file() + " cannot be put aside (" + e + "); see to its rights", e);
    }
    journal.write("retire", plugin.at(Stage.RETIRED, ""), "rollback window", List.of());
    tally.retired.increment();
    leave(plugin);
    LOG.info("plugin {} is retired; its file is in retired/", plugin.jar().title());
  }

  /** The host took a bundle out of use. */
  synchronized void failed(long bundle, String reason) {
    for (Plugin plugin : installed.all()) {
      if (plugin.id() == bundle) {
        failed(plugin, reason, "host");
      }
    }
  }

  /** What would not be admitted any more, since the trust store changed, is quarantined. */
  public synchronized void judge() {
    for (Plugin plugin : installed.all()) {
      if (plugin.stage() != Stage.QUARANTINED) {
        try {
          gate.admit(plugin.jar(), journal);
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
