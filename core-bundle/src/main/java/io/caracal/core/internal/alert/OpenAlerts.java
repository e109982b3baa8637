package io.caracal.core.internal.alert;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The alerts that collect evidence, found by what they are about and by whom. */
final class OpenAlerts {
  /** In the order of last evidence, so that quiet alerts stand first. */
  private final SequencedMap<OpenAlert.Key, OpenAlert> alerts =
      new LinkedHashMap<>(16, 0.75f, true);

  private final Map<String, Set<OpenAlert>> byAttacker = new HashMap<>();

  @Nullable OpenAlert get(OpenAlert.Key key) {
    return alerts.get(key);
  }

  /** The alert about an attacker to which nothing was added for longest. */
  Optional<OpenAlert> quietest(String attacker) {
    return byAttacker.getOrDefault(attacker, Set.of()).stream()
        .filter(alert -> !alert.key.folded())
        .min(Comparator.comparingLong(OpenAlert::order));
  }

  void add(OpenAlert alert) {
    alerts.put(alert.key, alert);
    byAttacker.computeIfAbsent(alert.key.attacker(), unknown -> new LinkedHashSet<>()).add(alert);
  }

  /** Takes out the alert to which nothing was added for longest. */
  OpenAlert removeQuietest() {
    OpenAlert alert = alerts.pollFirstEntry().getValue();
    forget(alert);
    return alert;
  }

  /** Takes out those that a condition holds for. */
  void removeIf(Predicate<OpenAlert> condition) {
    Iterator<OpenAlert> all = alerts.values().iterator();
    while (all.hasNext()) {
      OpenAlert alert = all.next();
      if (condition.test(alert)) {
        all.remove();
        forget(alert);
      }
    }
  }

  private void forget(OpenAlert alert) {
    Set<OpenAlert> ofAttacker = byAttacker.get(alert.key.attacker());
    if (ofAttacker != null && ofAttacker.remove(alert) && ofAttacker.isEmpty()) {
      byAttacker.remove(alert.key.attacker());
    }
  }

  Collection<OpenAlert> all() {
    return alerts.values();
  }

  int size() {
    return alerts.size();
  }
}
