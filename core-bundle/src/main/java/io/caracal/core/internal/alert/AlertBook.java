package io.caracal.core.internal.alert;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Suspicion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * From detections to alerts: one alert per attacker and class while it lasts; what a host is
 * suspected of by many flows joins any alert about it. An attack whose sources are many (spoofed or
 * distributed) is one alert too: once {@code foldSources} attackers did the same to one victim,
 * further ones are folded into an alert whose attacker reads {@value #MANY}. Shared by the lanes:
 * one thread at a time is inside, and events leave in that order.
 */
public final class AlertBook {
  /** The attacker of a folded alert. */
  public static final String MANY = AlertEvent.MANY;

  private final long windowNanos;
  private final long updateNanos;
  private final int foldSources;
  private final Consumer<AlertEvent> output;

  /** In the order of last evidence, so that quiet alerts stand first. */
  private final Map<OpenAlert.Key, OpenAlert> open = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<Target, Sources> sources = new HashMap<>();
  private final Map<String, Long> raised = new TreeMap<>();
  private volatile long nextSweepNanos = Long.MIN_VALUE;

  private record Target(String victim, AttackClass attackClass) {}

  private static final class Sources {
    final Set<String> attackers = new HashSet<>();
    long lastNanos;
  }

  /** A book. */
  public AlertBook(Duration window, Duration update, int foldSources, Consumer<AlertEvent> output) {
    this.windowNanos = window.toNanos();
    this.updateNanos = update.toNanos();
    this.foldSources = foldSources;
    this.output = output;
  }

  /**
   * Takes a detection.
   *
   * @param why computes the explanation; called only when it will be shown
   * @return id of the alert that it belongs to
   */
  public synchronized String add(
      Detection detection, Supplier<List<FeatureDriver>> why, long nowNanos) {
    OpenAlert.Key key = key(detection);
    OpenAlert alert = open.get(key);
    if (alert == null) {
      alert = new OpenAlert(key, detection, why);
      alert.add(detection, why);
      open.put(key, alert);
      raised.merge(key.attackClass().name(), 1L, Long::sum);
      output.accept(alert.publish(State.NEW, nowNanos));
    } else {
      alert.add(detection, why);
      if (alert.worthUpdating(nowNanos, updateNanos)) {
        output.accept(alert.publish(State.UPDATED, nowNanos));
      }
    }
    return alert.id();
  }

  private OpenAlert.Key key(Detection detection) {
    return detection.host().map(this::key).orElseGet(() -> keyOfFlow(detection));
  }

  /** Evidence against a host that is told of already joins what is told. */
  private OpenAlert.Key key(Suspicion host) {
    String attacker = host.role() == Suspicion.Role.VICTIM ? many(host.host()) : host.host();
    OpenAlert.Key own = new OpenAlert.Key(attacker, host.attackClass());
    if (open.containsKey(own)) {
      return own;
    }
    return open.keySet().stream()
        .filter(key -> key.attacker().equals(attacker))
        .findFirst()
        .orElse(own);
  }

  private static String many(String victim) {
    return MANY + " -> " + victim;
  }

  private OpenAlert.Key keyOfFlow(Detection detection) {
    AttackClass attackClass = detection.attackClass();
    String attacker = detection.identity().source();
    Target target = new Target(detection.identity().destination(), attackClass);
    Sources seen = sources.computeIfAbsent(target, t -> new Sources());
    seen.lastNanos = Math.max(seen.lastNanos, detection.lastNanos());
    OpenAlert.Key own = new OpenAlert.Key(attacker, attackClass);
    if (seen.attackers.contains(attacker) || open.containsKey(own)) {
      return own;
    }
    if (seen.attackers.size() < foldSources) {
      seen.attackers.add(attacker);
      return own;
    }
    return new OpenAlert.Key(many(target.victim()), attackClass);
  }

  /**
   * Closes what has been quiet for the window and updates what goes on, at fixed points of packet
   * time, so that it does not matter how often this is called; cheap enough for every flow.
   */
  public void advance(long nowNanos) {
    if (nowNanos >= nextSweepNanos) {
      sweepUntil(nowNanos);
    }
  }

  private synchronized void sweepUntil(long nowNanos) {
    long interval = Math.max(1, Math.min(windowNanos, updateNanos) / 4);
    long later = Math.floorDiv(nowNanos, interval) * interval + interval;
    long next = nextSweepNanos == Long.MIN_VALUE ? later : nextSweepNanos;
    while (next <= nowNanos && !(open.isEmpty() && sources.isEmpty())) {
      sweep(next);
      next += interval;
    }
    nextSweepNanos = next <= nowNanos ? later : next;
  }

  private void sweep(long nowNanos) {
    Iterator<OpenAlert> alerts = open.values().iterator();
    while (alerts.hasNext()) {
      OpenAlert alert = alerts.next();
      if (nowNanos - alert.lastNanos() >= windowNanos) {
        alerts.remove();
        output.accept(alert.publish(State.CLOSED, nowNanos));
      } else if (alert.worthUpdating(nowNanos, updateNanos)) {
        output.accept(alert.publish(State.UPDATED, nowNanos));
      }
    }
    sources.values().removeIf(seen -> nowNanos - seen.lastNanos >= windowNanos);
  }

  /** Closes everything. */
  public synchronized void flush(long nowNanos) {
    List<OpenAlert> rest = new ArrayList<>(open.values());
    open.clear();
    sources.clear();
    nextSweepNanos = Long.MIN_VALUE;
    rest.forEach(alert -> output.accept(alert.publish(State.CLOSED, nowNanos)));
  }

  /** Alerts raised so far, by class. */
  public synchronized Map<String, Long> raised() {
    return new TreeMap<>(raised);
  }

  /** Alerts that collect evidence now. */
  public synchronized int openCount() {
    return open.size();
  }
}
