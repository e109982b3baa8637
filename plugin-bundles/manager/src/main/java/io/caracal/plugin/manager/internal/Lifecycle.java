package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.PluginCounters;
import io.caracal.api.plugin.PluginReport;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.PluginStatus;
import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Takes plugins from a file to use and back, for whoever asks: the folder, the commands, the trust
 * store, the host. One change at a time; a trial on live flows holds up no other change. Every
 * change is in the journal before it is done to what scores. Thread-safe.
 */
@Component(service = Lifecycle.class, immediate = true)
public final class Lifecycle {
  private final Gate gate;
  private final ChangeLog log;
  private final PluginStore store;
  private final Departures departures = new Departures();
  private final Transitions transitions;
  private final Installation installation;
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
    Settings settings = new Settings(context::getProperty);
    Path folder = Path.of(settings.text("plugins.dir", "plugins"));
    this.gate = gate;
    this.log = new ChangeLog(folder, step);
    this.store =
        new PluginStore(
            new Installed(),
            new Bundles(context, roles, gate),
            new PluginFiles(folder, step),
            new Journal(log, settings, Clock.systemUTC()),
            new Tally());
    this.transitions = new Transitions(store, roles, departures);
    long limit = (long) settings.number("plugins.max-bytes", 536870912);
    this.installation = new Installation(store, transitions, gate, selfTest, trial, limit);
    this.retirement = new Retirement(transitions, store, departures, settings);
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
    return store.installed().all();
  }

  /** What was done so far, the oldest first. */
  public List<Change> history() {
    return store.journal().changes();
  }

  /** The counters under {@code plugins.}. */
  public Map<String, Object> counters() {
    return store
        .tally()
        .counters(store.installed().all().size(), departures.leaving(), departures.leaked());
  }

  /** What was refused. */
  public List<PluginStatus> refused() {
    return store.tally().refused();
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
    return installation.verify(file);
  }

  /** Notes that something was refused before it came here. */
  public void refused(String action, Request request, String reason) {
    store.refused(action, request.actor(), reason);
  }

  /**
   * Tells what would come of installing a plugin; nothing of it is left.
   *
   * @throws Refusal if the file cannot be read
   */
  public Plan plan(Path file) throws Refusal {
    return installation.plan(file);
  }

  /**
   * Takes a plugin from its file to use. One that lies elsewhere is put into the folder of plugins
   * once it has passed; what the journal says of the same bytes in the folder is kept to.
   *
   * @throws Refusal if it is not taken; nothing of it is left then
   */
  public Plugin install(Path file, Request request) throws Refusal {
    return installation.install(file, request);
  }

  /** Puts a version to use; newer ones of the same name stand by. */
  public Plugin promote(String name, Version version, Request request) throws Refusal {
    return transitions.promote(name, version, request.actor());
  }

  /** Takes the version that is in use out of use; what was used before is used again. */
  public Plugin rollback(String name, Request request) throws Refusal {
    return transitions.rollback(name, request.actor());
  }

  /** Takes a version out of use for a reason. */
  public Plugin quarantine(String name, Version version, String reason, Request request)
      throws Refusal {
    return transitions.quarantine(name, version, reason, request.actor());
  }

  /** Takes a version out of use, uninstalls it and deletes its file. */
  public Plugin remove(String name, Version version, Request request) throws Refusal {
    return transitions.remove(name, version, request.actor());
  }

  /** A file is there no more: what was installed from it goes, what was refused is forgotten. */
  public void gone(Path file) {
    transitions.gone(file);
  }

  /** A file of the folder has another content: it takes over before the former one goes. */
  void changed(Path file) throws Refusal {
    List<Plugin> former = store.installed().at(file);
    Plugin now = install(file, Request.FOLDER);
    for (Plugin plugin : former) {
      if (plugin.id() != now.id()) {
        transitions.removed(plugin, Request.FOLDER.actor());
      }
    }
  }

  /** Notes what the journal believes to be installed and is not in the folder any more. */
  void reconcile() {
    transitions.reconcile();
  }

  /** What would not be admitted any more, since the trust store changed, is quarantined. */
  public void judge() {
    transitions.judge(gate);
  }
}
