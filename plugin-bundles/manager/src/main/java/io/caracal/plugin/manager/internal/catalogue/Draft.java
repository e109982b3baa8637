package io.caracal.plugin.manager.internal.catalogue;

import io.caracal.plugin.manager.internal.Plugin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.wiring.BundleWiring;

/** Changes in the making. */
final class Draft {
  /** What to do; a step that several plugins want is done once. */
  final Set<Step> steps = new LinkedHashSet<>();

  /** Symbolic names of what is wanted or required. */
  final Set<String> kept = new HashSet<>();

  final List<String> notes = new ArrayList<>();
  final List<String> obstacles = new ArrayList<>();

  /** Keeps the plugins to which kept ones are wired, directly or by others. */
  void keepRequired(List<Plugin> plugins) {
    Set<String> before;
    do {
      before = Set.copyOf(kept);
      for (Plugin plugin : plugins) {
        if (before.contains(plugin.jar().symbolicName())) {
          Stream.ofNullable(plugin.bundle().adapt(BundleWiring.class))
              .flatMap(wiring -> wiring.getRequiredWires(null).stream())
              .forEach(wire -> kept.add(wire.getProvider().getSymbolicName()));
        }
      }
    } while (kept.size() > before.size());
  }

  Changes changes() {
    return new Changes(List.copyOf(steps), notes, obstacles);
  }
}
