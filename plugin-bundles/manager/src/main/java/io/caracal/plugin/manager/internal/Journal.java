package io.caracal.plugin.manager.internal;

import io.caracal.api.plugin.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was done to plugins, and what a restart makes of it. */
final class Journal implements Gate.Past {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final ChangeLog log;
  private final Map<String, String> settings;
  private final Clock clock;

  Journal(ChangeLog log, Settings settings, Clock clock) {
    this.log = log;
    this.settings = given(settings);
    this.clock = clock;
  }

  /** The settings that somebody gave; the launcher names them. */
  private static Map<String, String> given(Settings settings) {
    Map<String, String> given = new TreeMap<>();
    Arrays.stream(settings.text("settings.given", "").split(",", -1))
        .filter(Predicate.not(String::isEmpty))
        .forEach(key -> given.put(key, settings.text(key, "")));
    return given;
  }

  /** Whether this process is the one that writes it and changes the folder. */
  boolean owned() {
    return log.owned();
  }

  /** Every change, the oldest first. */
  List<Change> changes() {
    try {
      return log.read();
    } catch (IOException e) {
      LOG.error("the journal of plugins cannot be read: {}", e.toString());
      return List.of();
    }
  }

  /** The change that left a jar in the stage in which it is, empty if it was never taken. */
  Optional<Change> last(PluginJar jar) {
    Change last = null;
    for (Change change : changes()) {
      if (change.stage() == Stage.REFUSED) {
        continue;
      }
      if (change.sha256().equals(jar.sha256())) {
        last = change;
      } else if (last != null
          && change.plugin().equals(jar.symbolicName())
          && List.of(change.standby().split(" ", -1)).contains(jar.version().toString())) {
        last = standby(last, change);
      }
    }
    return Optional.ofNullable(last);
  }

  private static Change standby(Change last, Change by) {
    return new Change(
        by.time(),
        by.action(),
        last.plugin(),
        last.version(),
        last.sha256(),
        last.signer(),
        by.actor(),
        by.settings(),
        Stage.STANDBY.key(),
        by.version() + " was put to use in its place",
        Map.of(),
        "");
  }

  @Override
  public Optional<Version> highest(String symbolicName) {
    return changes().stream()
        .filter(change -> change.plugin().equals(symbolicName) && change.stage().installed())
        .map(change -> Version.parseVersion(change.version()))
        .max(Comparator.naturalOrder());
  }

  @Override
  public boolean holds(String sha256) {
    return installed().containsKey(sha256);
  }

  /** What the journal says is installed, by the hash of the jar. */
  Map<String, Change> installed() {
    Map<String, Change> installed = new TreeMap<>();
    for (Change change : changes()) {
      if (change.stage().installed()) {
        installed.put(change.sha256(), change);
      } else if (change.stage() == Stage.RETIRED) {
        installed.remove(change.sha256());
      }
    }
    return installed;
  }

  /** Writes down what became of a plugin. */
  void write(String action, Plugin plugin, String actor, List<Plugin> standby) throws Refusal {
    PluginJar jar = plugin.jar();
    String others =
        String.join(" ", standby.stream().map(other -> other.jar().version().toString()).toList());
    try {
      log.append(
          new Change(
              Instant.now(clock).toString(),
              action,
              jar.symbolicName(),
              jar.version().toString(),
              jar.sha256(),
              plugin.signer(),
              actor,
              settings,
              plugin.stage().key(),
              plugin.reason(),
              plugin.steps(),
              others));
    } catch (IOException e) {
      throw new Refusal(
          "nothing was done to "
              + jar.title()
              + ": the journal of plugins cannot be written ("
              + e
              + "); see to the disk and to the rights on plugins.dir",
          e);
    }
  }

  /** Writes down that a plugin is not in the folder any more, where somebody took it away. */
  void vanished(Change last) {
    try {
      log.append(
          new Change(
              Instant.now(clock).toString(),
              "remove",
              last.plugin(),
              last.version(),
              last.sha256(),
              last.signer(),
              Request.FOLDER.actor(),
              settings,
              Stage.RETIRED.key(),
              "its file is not in the folder any more",
              Map.of(),
              ""));
      LOG.info("plugin {} {} is not in the folder any more", last.plugin(), last.version());
    } catch (IOException e) {
      LOG.error("the journal of plugins cannot be written: {}", e.toString());
    }
  }

  /** Writes down that a jar was refused, unless the last thing that happened to it was the same. */
  void refused(String action, Optional<PluginJar> jar, String actor, String reason) {
    if (changes().stream()
        .filter(change -> jar.map(PluginJar::sha256).orElse("").equals(change.sha256()))
        .reduce((earlier, later) -> later)
        .filter(last -> last.reason().equals(reason))
        .isPresent()) {
      return;
    }
    try {
      log.append(
          new Change(
              Instant.now(clock).toString(),
              action,
              jar.map(PluginJar::symbolicName).orElse(""),
              jar.map(known -> known.version().toString()).orElse(""),
              jar.map(PluginJar::sha256).orElse(""),
              "",
              actor,
              settings,
              Stage.REFUSED.key(),
              reason,
              Map.of(),
              ""));
    } catch (IOException e) {
      LOG.error("a refusal is not in the journal of plugins: {}", e.toString());
    }
  }
}
