package io.caracal.plugin.manager.internal.command;

import io.caracal.plugin.manager.internal.Plugin;
import io.caracal.plugin.manager.internal.Refusal;
import io.caracal.plugin.manager.internal.Stage;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * Finds the plugins that a user means.
 *
 * @param installed all that there are
 */
record Named(List<Plugin> installed) {
  /**
   * The versions of the plugin of a name: a symbolic name, the end of one that is unique, or what
   * the plugin offers, such as the id of a detector.
   *
   * @return at least one, the oldest first
   * @throws Refusal if there is none, or the name may mean several
   */
  List<Plugin> of(String name) throws Refusal {
    for (List<Plugin> found :
        List.of(
            those(plugin -> plugin.jar().symbolicName().equals(name)),
            those(plugin -> plugin.jar().symbolicName().endsWith(name)),
            those(plugin -> offers(plugin, name)))) {
      List<String> names =
          found.stream().map(plugin -> plugin.jar().symbolicName()).distinct().toList();
      if (names.size() > 1) {
        throw new Refusal(
            name + " may be any of " + String.join(", ", names) + "; give the whole name");
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw new Refusal(
        "no plugin " + name + " is installed; caracal plugin list names those that are");
  }

  private List<Plugin> those(Predicate<Plugin> wanted) {
    return installed.stream().filter(wanted).toList();
  }

  private static boolean offers(Plugin plugin, String name) {
    return Offers.of(plugin.bundle()).stream().anyMatch(offer -> offer.name().equals(name));
  }

  /** One version: the one that is named, else the only one that is in a certain stage. */
  Plugin version(String name, String version, Predicate<Stage> stage) throws Refusal {
    List<Plugin> versions = of(name);
    List<Plugin> found =
        version.isEmpty()
            ? versions.stream().filter(plugin -> stage.test(plugin.stage())).toList()
            : versions.stream()
                .filter(plugin -> plugin.jar().version().equals(parse(version)))
                .toList();
    if (found.size() != 1) {
      throw new Refusal(
          (found.isEmpty() ? "no version of " : "several versions of ")
              + versions.getFirst().jar().symbolicName()
              + (version.isEmpty() ? " can be meant" : " is " + version)
              + "; there "
              + (versions.size() == 1 ? "is " : "are ")
              + versions.stream().map(Named::standing).collect(Collectors.joining(", ")));
    }
    return found.getFirst();
  }

  private static Version parse(String text) {
    return Version.parseVersion(text);
  }

  private static String standing(Plugin plugin) {
    return plugin.jar().version() + " (" + PluginRow.state(plugin.stage()) + ")";
  }

  /** The version in use of a symbolic name. */
  Stream<Plugin> used(String symbolicName) {
    return installed.stream()
        .filter(plugin -> plugin.jar().symbolicName().equals(symbolicName))
        .filter(plugin -> plugin.stage() == Stage.PROMOTED);
  }
}
