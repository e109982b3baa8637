package io.caracal.core.internal.alert;

import io.caracal.api.alert.Detection;
import io.caracal.api.detect.AttackClass;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/** Tells when one victim has so many attackers of a class that further ones are one crowd. */
final class Crowds {
  /** Victims of which it is remembered who attacked them. */
  private static final int VICTIMS = 100_000;

  private final int most;
  private final SequencedMap<Target, Attackers> targets = new LinkedHashMap<>(16, 0.75f, true);
  private long forgotten;

  private record Target(String victim, AttackClass attackClass) {}

  private static final class Attackers {
    final Set<String> known = new HashSet<>();
    long lastNanos;
  }

  /** From so many attackers on, further ones are a crowd. */
  Crowds(int most) {
    this.most = most;
  }

  /**
   * Takes the attacker of a detection.
   *
   * @param told whether there is an alert about it, so that it belongs to no crowd
   * @return whether it is one of a crowd
   */
  boolean take(Detection detection, boolean told) {
    Target target = new Target(detection.identity().destination(), detection.attackClass());
    Attackers attackers = targets.computeIfAbsent(target, unknown -> new Attackers());
    if (targets.size() > VICTIMS) {
      targets.pollFirstEntry();
      forgotten++;
    }
    attackers.lastNanos = Math.max(attackers.lastNanos, detection.lastNanos());
    if (told || attackers.known.contains(detection.identity().source())) {
      return false;
    }
    return attackers.known.size() >= most || !attackers.known.add(detection.identity().source());
  }

  /** Forgets victims that were left alone since. */
  void forgetBefore(long nanos) {
    targets.values().removeIf(attackers -> attackers.lastNanos <= nanos);
  }

  void clear() {
    targets.clear();
  }

  boolean isEmpty() {
    return targets.isEmpty();
  }

  /** Victims that were forgotten because there were too many. */
  long forgotten() {
    return forgotten;
  }
}
