package io.caracal.core.internal.alert;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.State;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Suspicion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From detections to alerts: one alert per attacker and class while it lasts; what a host is
 * suspected of by many flows joins any alert about it. An attack whose sources are many (spoofed or
 * distributed) is one alert too: once enough attackers did the same to one victim, further ones are
 * folded into an alert of many sources. More new alerts than the {@linkplain AlertRules rules}
 * allow are folded into one for the attacker, or one for all. Memory is bounded; what is given up
 * for it is counted. Shared by the lanes: one thread at a time is inside, and events leave in that
 * order.
 */
public final class AlertBook {
  private static final AttackClass SCAN = new AttackClass("scan", "T1046");

  /** Hosts and ports that all open alerts remember together. */
  private static final int ROOM = 500_000;

  private final AlertRules rules;
  private final AlertLimits limits;
  private final Consumer<AlertEvent> output;
  private final OpenAlerts open = new OpenAlerts();
  private final Distinct.Room room = new Distinct.Room(ROOM);
  private final Crowds crowds;
  private final Map<String, Long> raised = new TreeMap<>();
  private long order;
  private long folded;
  private long evicted;
  private volatile long nextSweepNanos = Long.MIN_VALUE;

  /** A book. */
  public AlertBook(AlertRules rules, Consumer<AlertEvent> output) {
    this.rules = rules;
    this.crowds = new Crowds(rules.foldSources());
    this.limits = new AlertLimits(rules);
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
    OpenAlert.Key own = key(detection);
    OpenAlert alert = open.get(own);
    if (alert == null && detection.host().isEmpty()) {
      alert = scanOf(detection);
    }
    if (alert != null) {
      more(alert, detection, why, nowNanos);
      return alert.id();
    }
    OpenAlert.Key allowed = allowed(own, nowNanos);
    OpenAlert folding = open.get(allowed);
    if (folding == null) {
      folding = raise(allowed, detection, why, nowNanos);
    }
    if (!allowed.equals(own)) {
      folded += folding.holds(own) ? 0 : 1;
      folding.fold(own);
    }
    more(folding, detection, why, nowNanos);
    return folding.id();
  }

  private OpenAlert raise(
      OpenAlert.Key key, Detection detection, Supplier<List<FeatureDriver>> why, long nowNanos) {
    if (open.size() >= rules.open()) {
      output.accept(open.removeQuietest().publish(State.CLOSED, nowNanos));
      evicted++;
    }
    OpenAlert alert = new OpenAlert(key, detection, why, room, nowNanos);
    open.add(alert);
    raised.merge(key.attackClass().name(), 1L, Long::sum);
    return alert;
  }

  private void more(
      OpenAlert alert, Detection detection, Supplier<List<FeatureDriver>> why, long nowNanos) {
    boolean fresh = alert.isNew();
    alert.add(detection, why, ++order);
    if (fresh) {
      output.accept(alert.publish(State.NEW, nowNanos));
    } else if (alert.worthUpdating(nowNanos, rules.update().toNanos())) {
      output.accept(alert.publish(State.UPDATED, nowNanos));
    }
  }

  private @Nullable OpenAlert scanOf(Detection detection) {
    OpenAlert scan = open.get(new OpenAlert.Key(detection.identity().source(), SCAN));
    return scan != null && scan.takesStray(detection) ? scan : null;
  }

  /** The alert that a new one may be: itself, or what it is folded into. */
  private OpenAlert.Key allowed(OpenAlert.Key own, long nowNanos) {
    OpenAlert.Key ofSource = OpenAlert.Key.folded(own.attacker());
    OpenAlert.Key ofAll = OpenAlert.Key.folded(AlertEvent.MANY);
    if (holds(ofSource, own)) {
      return ofSource;
    }
    if (holds(ofAll, own)) {
      return ofAll;
    }
    boolean source = limits.allowsSource(own.attacker(), nowNanos);
    if (!source && open.get(ofSource) != null) {
      return ofSource;
    }
    if (!limits.allowsAny(nowNanos)) {
      return ofAll;
    }
    limits.raised(own.attacker());
    return source ? own : ofSource;
  }

  private boolean holds(OpenAlert.Key folding, OpenAlert.Key own) {
    OpenAlert alert = open.get(folding);
    return alert != null && alert.holds(own);
  }

  private OpenAlert.Key key(Detection detection) {
    return detection.host().map(this::key).orElseGet(() -> keyOfFlow(detection));
  }

  /** Evidence against a host that is told of already joins what is told. */
  private OpenAlert.Key key(Suspicion host) {
    String attacker = host.role() == Suspicion.Role.VICTIM ? many(host.host()) : host.host();
    OpenAlert.Key own = new OpenAlert.Key(attacker, host.attackClass());
    return open.get(own) != null
        ? own
        : open.quietest(attacker).map(alert -> alert.key).orElse(own);
  }

  private static String many(String victim) {
    return AlertEvent.MANY + " -> " + victim;
  }

  private OpenAlert.Key keyOfFlow(Detection detection) {
    OpenAlert.Key own = new OpenAlert.Key(detection.identity().source(), detection.attackClass());
    return crowds.take(detection, open.get(own) != null)
        ? new OpenAlert.Key(many(detection.identity().destination()), detection.attackClass())
        : own;
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
    long interval = rules.sweepNanos();
    long later = Math.floorDiv(nowNanos, interval) * interval + interval;
    long next = nextSweepNanos == Long.MIN_VALUE ? later : nextSweepNanos;
    while (next <= nowNanos && !(open.size() == 0 && crowds.isEmpty())) {
      sweep(next);
      next += interval;
    }
    nextSweepNanos = next <= nowNanos ? later : next;
  }

  private void sweep(long nowNanos) {
    long window = rules.window().toNanos();
    open.removeIf(
        alert -> {
          boolean quiet = nowNanos - alert.lastNanos() >= window;
          if (quiet) {
            output.accept(alert.publish(State.CLOSED, nowNanos));
          } else if (alert.worthUpdating(nowNanos, rules.update().toNanos())) {
            output.accept(alert.publish(State.UPDATED, nowNanos));
          }
          return quiet;
        });
    crowds.forgetBefore(nowNanos - window);
  }

  /** Closes everything. */
  public synchronized void flush(long nowNanos) {
    crowds.clear();
    nextSweepNanos = Long.MIN_VALUE;
    open.removeIf(
        alert -> {
          output.accept(alert.publish(State.CLOSED, nowNanos));
          return true;
        });
  }

  /** Alerts raised so far, by class. */
  public synchronized Map<String, Long> raised() {
    return new TreeMap<>(raised);
  }

  /** Alerts that collect evidence now. */
  public synchronized int openCount() {
    return open.size();
  }

  /** Counters under {@code alerts.}. */
  public synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("alerts.open", (long) open.size());
    raised.forEach((name, count) -> counters.put("alerts.raised." + name, count));
    counters.put("alerts.folded", folded);
    counters.put("alerts.evicted", evicted);
    counters.put("alerts.forgotten", crowds.forgotten());
    counters.put("alerts.uncounted", room.refused());
    return counters;
  }
}
