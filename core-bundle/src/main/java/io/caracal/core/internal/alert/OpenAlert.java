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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An alert that still collects evidence. */
final class OpenAlert {
  private static final int WIDE_HOSTS = 10;
  private static final int WIDE_PORTS = 100;

  /** The older an alert is, the longer it waits for its next update: this part of its age. */
  private static final long AGE_PART = 10;

  private static final long LONGEST_WAIT_NANOS = TimeUnit.HOURS.toNanos(1);

  final Key key;
  private final String id;
  private final Map<AttackClass, Long> classes = new HashMap<>();
  private final Distinct<String> attackers;
  private final Distinct<String> victims;
  private final Distinct<Integer> ports;
  private final Strays strays = new Strays();
  private final Set<Key> folded = new HashSet<>();
  private AttackClass most;
  private long firstNanos;
  private long lastNanos;
  private long lastOfClassNanos;
  private long flows;
  private long order;
  private boolean suspected;
  private float confidence;
  private Detection strongest;
  private List<FeatureDriver> drivers;
  private final long raisedNanos;
  private long publishedNanos;
  private long publishedFlows;
  private Severity worstPublished = Severity.LOW;
  private int revision;

  /** Who does what: the unit of alerting. */
  record Key(String attacker, AttackClass attackClass) {
    /** In place of a class: whatever limits keep from being alerts of their own. */
    private static final AttackClass FOLDED = new AttackClass("folded", "");

    static Key folded(String attacker) {
      return new Key(attacker, FOLDED);
    }

    boolean folded() {
      return attackClass.equals(FOLDED);
    }
  }

  OpenAlert(
      Key key,
      Detection first,
      Supplier<List<FeatureDriver>> why,
      Distinct.Room room,
      long nowNanos) {
    this.key = key;
    this.attackers = new Distinct<>(room);
    this.victims = new Distinct<>(room);
    this.ports = new Distinct<>(room);
    this.most = first.attackClass();
    this.firstNanos = first.startNanos();
    this.lastNanos = first.lastNanos();
    this.strongest = first;
    this.drivers = why.get();
    this.raisedNanos = nowNanos;
    String name = key.attacker() + '|' + key.attackClass().name() + '|' + first.startNanos();
    this.id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  void add(Detection detection, Supplier<List<FeatureDriver>> why, long place) {
    order = place;
    firstNanos = Math.min(firstNanos, detection.startNanos());
    lastNanos = Math.max(lastNanos, detection.lastNanos());
    long before = flows;
    detection.host().filter(host -> !suspected).ifPresentOrElse(this::suspect, () -> flows++);
    count(detection.attackClass(), flows - before);
    confidence = Math.max(confidence, Confidence.of(detection));
    target(detection.identity());
    if (detection.attackClass().equals(key.attackClass())) {
      lastOfClassNanos = Math.max(lastOfClassNanos, detection.lastNanos());
    }
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

  private void count(AttackClass attackClass, long more) {
    long count = classes.merge(attackClass, more, Long::sum);
    if (count > classes.getOrDefault(most, 0L)) {
      most = attackClass;
    }
  }

  private void target(FlowIdentity who) {
    attackers.add(who.source());
    victims.add(who.destination());
    ports.add(who.destinationPort());
  }

  /** By halving what is missing to certainty: bounds how often an explanation is made. */
  private boolean clearlyStronger(Detection detection) {
    return (key.folded() || detection.attackClass().equals(key.attackClass()))
        && 1 - detection.probability() < (1 - strongest.probability()) / 2;
  }

  /** Whether a flow of another class belongs to this scan all the same. */
  boolean takesStray(Detection detection) {
    return victims.contains(detection.identity().destination())
        && strays.take(detection, lastOfClassNanos);
  }

  /** Whether what is due to an alert of its own was folded into this one. */
  boolean holds(Key own) {
    return folded.contains(own);
  }

  /** Folds what would have been an alert of its own. */
  void fold(Key own) {
    if (folded.size() < AlertEvent.COUNTED) {
      folded.add(own);
    }
  }

  /** Whether nothing was told of it yet. */
  boolean isNew() {
    return revision == 0;
  }

  String id() {
    return id;
  }

  /** The smaller, the longer ago something was added. */
  long order() {
    return order;
  }

  long lastNanos() {
    return lastNanos;
  }

  /** Whether it became worse, or enough time has passed for its age since it was told last. */
  boolean worthUpdating(long nowNanos, long intervalNanos) {
    if (flows == publishedFlows) {
      return false;
    }
    long wait = Math.clamp((nowNanos - raisedNanos) / AGE_PART, 0, LONGEST_WAIT_NANOS);
    return nowNanos - publishedNanos >= Math.max(intervalNanos, wait)
        || severity().compareTo(worstPublished) < 0;
  }

  AlertEvent publish(AlertEvent.State state, long nowNanos) {
    publishedNanos = nowNanos;
    publishedFlows = flows;
    Severity severity = severity();
    worstPublished = severity.compareTo(worstPublished) < 0 ? severity : worstPublished;
    AlertEvent event =
        new AlertEvent(
            nowNanos,
            id,
            revision++,
            state,
            severity,
            confidence,
            firstNanos,
            lastNanos,
            attacker(),
            attackers.first(),
            attackers.count(),
            victims.first(),
            victims.count(),
            ports.first(),
            ports.count(),
            flows,
            classCounts(),
            folded.size(),
            strongest,
            drivers);
    if (state == AlertEvent.State.CLOSED) {
      attackers.release();
      victims.release();
      ports.release();
    }
    return event;
  }

  private List<ClassCount> classCounts() {
    return classes.entrySet().stream()
        .map(entry -> new ClassCount(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing((ClassCount count) -> !count.attackClass().equals(most))
                .thenComparing(Comparator.comparingLong(ClassCount::flows).reversed())
                .thenComparing(count -> count.attackClass().name()))
        .toList();
  }

  /** That of the class of most flows; where alerts are folded, of the worst class. */
  private Severity severity() {
    boolean wide =
        victims.count() >= WIDE_HOSTS
            || attackers.count() >= WIDE_HOSTS
            || ports.count() >= WIDE_PORTS;
    if (!key.folded()) {
      return Harm.of(most).severity(confidence, wide);
    }
    return classes.keySet().stream()
        .map(attackClass -> Harm.of(attackClass).severity(confidence, wide))
        .min(Comparator.naturalOrder())
        .orElse(Severity.LOW);
  }

  /** The victim of many sources belongs to the key, but not to their name. */
  private String attacker() {
    return key.attacker().startsWith(AlertEvent.MANY) ? AlertEvent.MANY : key.attacker();
  }
}
