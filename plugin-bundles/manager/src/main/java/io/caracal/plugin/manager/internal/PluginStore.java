package io.caracal.plugin.manager.internal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Everywhere that a plugin is known: in memory, in the framework, in the folder and in the journal.
 *
 * @param installed what is there
 * @param bundles the same in the framework
 * @param files the same on the disk
 * @param journal what was done to it
 * @param tally the same in figures
 */
record PluginStore(
    Installed installed, Bundles bundles, PluginFiles files, Journal journal, Tally tally) {
  /** Counts a jar that is not taken and writes it down. */
  void refused(Optional<PluginJar> jar, Path file, String actor, String reason) {
    tally.refused(jar, file, reason);
    journal.refused("install", jar, actor, reason);
  }

  /** Counts what was refused before there was a jar, and writes it down. */
  void refused(String action, String actor, String reason) {
    tally.refusals.increment();
    journal.refused(action, Optional.empty(), actor, reason);
  }

  /** Takes a plugin that was not put to use out of the framework. */
  void forget(Plugin plugin) {
    installed.remove(plugin);
    bundles.discard(plugin.bundle());
  }
}
