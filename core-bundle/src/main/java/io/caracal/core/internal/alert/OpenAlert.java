package io.caracal.core.internal.alert;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.AlertEvent.ClassCount;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.FeatureDriver;
import io.caracal.api.alert.Severity;
import io.caracal.api.detect.AttackClass;
import io.caracal.api.detect.Suspicion;
import io.caracal.api.flow.FlowIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** An alert that still collects evidence. */
final class OpenAlert {
  private static final int MANY_HOSTS = 10;
  private static final int MANY_PORTS = 100;

  final Key key;
  private final String id;
  private final Map<AttackClass, Long> classes = new HashMap<>();
  private final Set<String> attackers = new LinkedHashSet<>();
  private final Set<String> victims = new LinkedHashSet<>();
  private final Set<Integer> ports = new LinkedHashSet<>();
  private long firstNanos;
  private long lastNanos;
  private long flows;
  private boolean suspected;
  private float confidence;
  private Detection strongest;
  private List<FeatureDriver> drivers;
  private long publishedNanos;
  private long publishedFlows;
  private int revision;

  /** Who does what: the unit of alerting. */
  record Key(String attacker, AttackClass attackClass) {}

  OpenAlert(Key key, Detection first, Supplier<List<FeatureDriver>> why) {
    this.key = key;
    this.firstNanos = first.startNanos();
    this.lastNanos = first.lastNanos();
    this.strongest = first;
    this.drivers = why.get();
    String name = key.attacker() + '|' + key.attackClass().name() + '|' + first.startNanos();
    this.id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  void add(Detection detection, Supplier<List<FeatureDriver>> why) {
    firstNanos = Math.min(firstNanos, detection.startNanos());
    lastNanos = Math.max(lastNanos, detection.lastNanos());
    long before = flows;
    detection.host().filter(host -> !suspected).ifPresentOrElse(this::suspect, () -> flows++);
    classes.merge(detection.attackClass(), flows - before, Long::sum);
    confidence = Math.max(confidence, Confidence.of(detection));
    target(detection.identity());
    if (clearlyStronger(detection)) {
      strongest = detection;
      drivers = why.get();
    }
  }

  /** The flows that were no detection when they came. */
  private void suspect(Suspicion host) {
    suspected = true;
    flows += host.count();
    firstNanos = Math.min(firstNanos, host.sinceNanos());
    host.flows().forEach(flow -> target(flow.identity()));
  }

  private void target(FlowIdentity who) {
    if (attackers.size() < AlertEvent.COUNTED) {
      attackers.add(who.source());
    }
    if (victims.size() < AlertEvent.COUNTED) {
      victims.add(who.destination());
    }
    if (ports.size() < AlertEvent.COUNTED) {
      ports.add(who.destinationPort());
    }
  }

  /** By halving what is missing to certainty: bounds how often an explanation is made. */
  private boolean clearlyStronger(Detection detection) {
    return detection.attackClass().equals(key.attackClass())
        && 1 - detection.probability() < (1 - strongest.probability()) / 2;
  }

  String id() {
    return id;
  }

  long lastNanos() {
    return lastNanos;
  }

  boolean worthUpdating(long nowNanos, long intervalNanos) {
    return flows > publishedFlows && nowNanos - publishedNanos >= intervalNanos;
  }

  AlertEvent publish(AlertEvent.State state, long nowNanos) {
    publishedNanos = nowNanos;
    publishedFlows = flows;
    List<ClassCount> counts = classCounts();
    return new AlertEvent(
        nowNanos,
        id,
        revision++,
        state,
        severity(counts.getFirst().attackClass()),
        confidence,
        firstNanos,
        lastNanos,
        attacker(),
        attackers.stream().limit(AlertEvent.LISTED).toList(),
        attackers.size(),
        victims.stream().limit(AlertEvent.LISTED).toList(),
        victims.size(),
        ports.stream().limit(AlertEvent.LISTED).toList(),
        ports.size(),
        flows,
        counts,
        0,
        strongest,
        drivers);
  }

  private List<ClassCount> classCounts() {
    return classes.entrySet().stream()
        .map(entry -> new ClassCount(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(ClassCount::flows)
                .reversed()
                .thenComparing(count -> count.attackClass().name()))
        .toList();
  }

  private Severity severity(AttackClass attackClass) {
    boolean wide =
        victims.size() >= MANY_HOSTS
            || attackers.size() >= MANY_HOSTS
            || ports.size() >= MANY_PORTS;
    return Harm.of(attackClass).severity(confidence, wide);
  }

  /** The victim of many sources belongs to the key, but not to their name. */
  private String attacker() {
    return key.attacker().startsWith(AlertBook.MANY) ? AlertBook.MANY : key.attacker();
  }
}
