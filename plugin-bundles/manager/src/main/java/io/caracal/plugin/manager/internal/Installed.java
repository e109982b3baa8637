package io.caracal.plugin.manager.internal;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** The plugins that are there, of which several versions may be. Thread-safe. */
final class Installed {
  static final Comparator<Plugin> BY_VERSION =
      Comparator.comparing(Plugin::name).thenComparing(plugin -> plugin.jar().version());

  private final Map<Long, Plugin> plugins = new ConcurrentHashMap<>();

  void put(Plugin plugin) {
    plugins.put(plugin.id(), plugin);
  }

  void remove(Plugin plugin) {
    plugins.remove(plugin.id());
  }

  /** All of them by name and version; of one name only the highest in use is {@code PROMOTED}. */
  List<Plugin> all() {
    return plugins.values().stream().sorted(BY_VERSION).map(this::seen).toList();
  }

  private Plugin seen(Plugin plugin) {
    Optional<Plugin> used = used(plugin.name());
    boolean older =
        plugin.stage() == Stage.PROMOTED && used.filter(now -> now.id() != plugin.id()).isPresent();
    return older ? plugin.at(Stage.STANDBY, used.get().jar().version() + " is in use") : plugin;
  }

  Stream<Plugin> of(String name) {
    return plugins.values().stream().filter(plugin -> plugin.name().equals(name));
  }

  /** The version of a plugin that is in use. */
  Optional<Plugin> used(String name) {
    return of(name).filter(plugin -> plugin.stage() == Stage.PROMOTED).max(BY_VERSION);
  }

  /** Versions that were in use before the one that is now, and would be again without it. */
  List<Plugin> replaced() {
    return plugins.values().stream()
        .filter(plugin -> plugin.stage() == Stage.PROMOTED)
        .filter(plugin -> used(plugin.name()).filter(now -> now.id() != plugin.id()).isPresent())
        .toList();
  }

  List<Plugin> newer(Plugin plugin) {
    return of(plugin.name()).filter(other -> BY_VERSION.compare(other, plugin) > 0).toList();
  }

  Plugin get(String name, Version version) throws Refusal {
    return find(name, version)
        .orElseThrow(
            () -> {
              String there =
                  of(name)
                      .map(plugin -> plugin.jar().version().toString())
                      .sorted()
                      .collect(Collectors.joining(", "));
              return new Refusal(
                  "no plugin "
                      + name
                      + " "
                      + version
                      + " is installed; "
                      + (there.isEmpty() ? "see caracal plugin list" : "there is " + there));
            });
  }

  Optional<Plugin> find(String name, Version version) {
    return of(name).filter(plugin -> plugin.jar().version().equals(version)).findFirst();
  }

  Optional<Plugin> find(Predicate<Plugin> wanted) {
    return plugins.values().stream().filter(wanted).findFirst();
  }

  List<Plugin> at(Path file) {
    return plugins.values().stream().filter(plugin -> plugin.file().equals(file)).toList();
  }

  static Set<Long> ids(Collection<Plugin> some) {
    return some.stream().map(Plugin::id).collect(Collectors.toSet());
  }
}
