package io.caracal.core.internal.lane;

import io.caracal.api.flow.ContextView;
import io.caracal.api.flow.View;
import io.caracal.core.internal.detect.Panels;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Chooses the views to compute: those that an output asks for and those that a detector reads which
 * is asked now. The choice follows detectors and views that come and go; lanes take it up with
 * their next batch.
 */
final class ViewPlans {
  private final Supplier<List<View>> installed;
  private final IntSupplier viewChanges;
  private final Panels panels;
  private final Set<String> outputs;
  private volatile ViewPlan current = new ViewPlan(List.of(), List.of());
  private volatile int seen = -1;

  /** What memories counted that are no more. */
  private final Map<String, Long> forgotten = new TreeMap<>();

  /**
   * A choice among the installed views.
   *
   * @param viewChanges goes up whenever other views are installed than before
   * @param outputs names of the views that are wanted in any case
   */
  ViewPlans(
      Supplier<List<View>> installed, IntSupplier viewChanges, Panels panels, Set<String> outputs) {
    this.installed = installed;
    this.viewChanges = viewChanges;
    this.panels = panels;
    this.outputs = Set.copyOf(outputs);
  }

  /** The plan in force; the same object as long as nothing changes. */
  ViewPlan current() {
    if (seen != changes()) {
      choose();
    }
    return current;
  }

  private int changes() {
    return panels.changes() + viewChanges.getAsInt();
  }

  private synchronized void choose() {
    int changes = changes();
    Set<String> wanted = new HashSet<>(outputs);
    wanted.addAll(panels.current().views());
    List<View> views =
        installed.get().stream().filter(v -> wanted.contains(v.description().name())).toList();
    if (!views.equals(current.views())) {
      current = new ViewPlan(views, contexts(views, current.contexts()));
    }
    boolean complete = views.size() == wanted.size();
    seen = complete ? changes : seen;
  }

  /** What a view remembers stays when others come or go. */
  private static List<ViewPlan.Around> contexts(List<View> views, List<ViewPlan.Around> known) {
    return views.stream()
        .filter(ContextView.class::isInstance)
        .map(ContextView.class::cast)
        .map(
            view ->
                known.stream()
                    .filter(around -> around.view() == view)
                    .findFirst()
                    .orElseGet(() -> ViewPlan.Around.open(view)))
        .toList();
  }

  /** Forgets everything that was seen: the next capture is of another time. */
  synchronized void restart() {
    current.contexts().forEach(around -> addTo(forgotten, around));
    current = new ViewPlan(current.views(), contexts(current.views(), List.of()));
  }

  /** What the memories of the views counted, of all captures so far. */
  synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new TreeMap<>(forgotten);
    current.contexts().forEach(around -> addTo(counters, around));
    return counters;
  }

  private static void addTo(Map<String, Long> counters, ViewPlan.Around around) {
    around.memory().counters().forEach((name, count) -> counters.merge(name, count, Long::sum));
  }
}
