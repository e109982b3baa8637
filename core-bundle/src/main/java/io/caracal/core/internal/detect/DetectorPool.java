package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.guard.Breaker;
import io.caracal.core.internal.guard.DetectorCall;
import io.caracal.core.internal.guard.DirectCall;
import io.caracal.core.internal.guard.EndlessCall;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.guard.NotFinite;
import io.caracal.core.internal.guard.OwnThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detectors that are installed. A newer version takes over between two batches, by one volatile
 * write; the older one stays and takes over again when the newer goes away. A detector that keeps
 * failing is quarantined.
 */
@Component(service = DetectorPool.class)
public final class DetectorPool {
  private static final Logger LOG = LoggerFactory.getLogger(DetectorPool.class);

  /** A model is released this long after it was asked for even if a call never comes back. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final ConcurrentMap<String, Slot> slots = new ConcurrentSkipListMap<>();
  private final Limits limits;
  private final BooleanSupplier closing;
  private final List<Onlooker> onlookers = new CopyOnWriteArrayList<>();
  private final AtomicInteger changes = new AtomicInteger();

  private final PluginRoles roles;
  private final PluginRoles.Watch watch;

  /** Reads the {@link Limits}. */
  @Activate
  public DetectorPool(BundleContext context, @Reference PluginRoles roles) {
    this(
        Limits.of(new Settings(context::getProperty)),
        () -> context.getBundle(0).getState() == Bundle.STOPPING,
        roles);
  }

  /** A pool that quarantines by limits. */
  public DetectorPool(Limits limits, BooleanSupplier closing, PluginRoles roles) {
    this.closing = closing;
    this.limits = limits;
    this.roles = roles;
    this.watch = roles.watch(this::rolesChanged);
  }

  @Deactivate
  void close() {
    watch.close();
  }

  private void rolesChanged() {
    for (Slot slot : slots.values()) {
      String before = scoringVersion(slot.id);
      if (slot.rolesChanged()) {
        changes.incrementAndGet();
        String now = scoringVersion(slot.id);
        if (now.isEmpty()) {
          LOG.info("detector {} {} is out of use, no other version is installed", slot.id, before);
        } else {
          LOG.info(
              "detector {} {} takes over{}",
              slot.id,
              now,
              before.isEmpty() ? "" : " from " + before);
        }
      }
    }
  }

  /** A detector was installed. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindDetector(Detector detector, Map<String, Object> properties) {
    Slot slot = slots.computeIfAbsent(id(properties), id -> new Slot(id, roles, limits));
    Lease lease =
        new Lease(
            detector,
            version(properties),
            bundle(properties),
            call(slot, detector, properties),
            new Breaker(limits));
    Lease before = slot.add(lease);
    changes.incrementAndGet();
    if (slot.current() == lease && before == null) {
      LOG.debug("detector {} {} scores", slot.id, lease.version);
    } else if (slot.current() == lease) {
      LOG.info("detector {} {} takes over from {}", slot.id, lease.version, before.version);
    } else if (before != null && roles.inUse(lease.bundle)) {
      LOG.info("detector {} {} stands by; {} scores", slot.id, lease.version, before.version);
    }
  }

  /** A model is called directly, code on threads of its own. */
  private DetectorCall call(Slot slot, Detector detector, Map<String, Object> properties) {
    DetectorCall direct = new DirectCall(detector, slot.allocated);
    return Boolean.TRUE.equals(properties.get(Detector.MODEL))
        ? direct
        : new OwnThreads(slot.id + "-" + version(properties), detector, direct, limits.call());
  }

  void unbindDetector(Detector detector, Map<String, Object> properties) {
    Slot slot = slots.get(id(properties));
    Version version = version(properties);
    Lease lease = slot == null ? null : lease(slot, detector);
    if (slot == null || lease == null) {
      return;
    }
    boolean scoring = slot.current() == lease;
    slot.remove(lease);
    changes.incrementAndGet();
    if (!lease.drain(DRAIN)) {
      LOG.error("detector {} {} did not come back within {}", slot.id, version, DRAIN);
    }
    lease.close();
    if (closing.getAsBoolean()) {
      return;
    }
    Lease now = slot.current();
    if (scoring && now != null) {
      LOG.info("detector {} {} is gone, {} scores again", slot.id, version, now.version);
    } else if (scoring) {
      LOG.info("detector {} {} is gone, no other version is installed", slot.id, version);
    }
  }

  /**
   * Scores a batch with one detector, whose lease the caller holds. If it throws it counts as
   * abstained on the whole batch.
   *
   * @param scores reset for the batch
   * @return nanoseconds that it took
   */
  long score(Slot slot, Lease lease, FlowBatch batch, Scores scores) {
    long start = System.nanoTime();
    slot.calls.increment();
    try {
      lease.score(batch, scores);
      lease
          .breaker()
          .succeeded(System.nanoTime() - start, batch.size())
          .ifPresent(reason -> quarantine(slot, lease, reason));
    } catch (Throwable failure) { // a plugin may throw anything; the lane goes on
      scores.reset(batch.size());
      slot.failed(failure);
      String what = failure instanceof EndlessCall ? failure.getMessage() : describe(failure);
      lease
          .breaker()
          .failed(what)
          .or(() -> Optional.of(what).filter(endless -> failure instanceof EndlessCall))
          .ifPresent(reason -> quarantine(slot, lease, reason));
    }
    return System.nanoTime() - start;
  }

  private static String describe(Throwable failure) {
    return failure instanceof NotFinite ? "it " + failure.getMessage() : failure.toString();
  }

  private void quarantine(Slot slot, Lease lease, String reason) {
    if (!slot.quarantine(lease, reason)) {
      return;
    }
    changes.incrementAndGet();
    roles.quarantine(lease.bundle, "detector " + slot.id + " " + lease.version + " " + reason);
    String next = scoringVersion(slot.id);
    LOG.error(
        "detector {} {} is quarantined: it {}; {}",
        slot.id,
        lease.version,
        reason,
        next.isEmpty() ? "no other version is installed" : next + " scores");
  }

  /** Every detector that is or was installed, in the order of ids. */
  List<Slot> slots() {
    return List.copyOf(slots.values());
  }

  private static @Nullable Lease lease(Slot slot, Detector detector) {
    return slot.versions().stream()
        .filter(lease -> lease.detector == detector)
        .findFirst()
        .orElse(null);
  }

  /** The detectors that came in a bundle, scoring or not. */
  public List<Lease> of(long bundle) {
    return slots.values().stream()
        .flatMap(slot -> slot.versions().stream())
        .filter(lease -> lease.bundle == bundle)
        .toList();
  }

  /** The version of a detector that scores now, if any does. */
  public Optional<Lease> current(String id) {
    return Optional.ofNullable(slots.get(id)).map(Slot::current);
  }

  /** Shows an onlooker every batch from now on. */
  public void admit(Onlooker onlooker) {
    onlookers.add(onlooker);
    changes.incrementAndGet();
  }

  /** Shows it no more. */
  public void dismiss(Onlooker onlooker) {
    if (onlookers.remove(onlooker)) {
      changes.incrementAndGet();
    }
  }

  List<Onlooker> onlookers() {
    return List.copyOf(onlookers);
  }

  /** Goes up whenever another set of detectors scores, or others look on, than before. */
  public int changes() {
    return changes.get();
  }

  /** The detectors that score now, in the order of ids. */
  public List<Detector> scoring() {
    List<Detector> detectors = new ArrayList<>();
    for (Slot slot : slots.values()) {
      Lease lease = slot.current();
      if (lease != null) {
        detectors.add(lease.detector);
      }
    }
    return detectors;
  }

  /** The version of a detector that scores now; empty if none does. */
  public String scoringVersion(String id) {
    Slot slot = slots.get(id);
    Lease lease = slot == null ? null : slot.current();
    return lease == null ? "" : lease.version.toString();
  }

  /** Why a version is quarantined; empty if it is not. */
  public String quarantined(String id, String version) {
    Slot slot = slots.get(id);
    return slot == null
        ? ""
        : slot.quarantined().stream()
            .filter(lease -> lease.version.equals(Version.parseVersion(version)))
            .map(Lease::quarantine)
            .findFirst()
            .orElse("");
  }

  /** Counters of every detector under {@code detectors.ID.}. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    for (Slot slot : slots.values()) {
      String prefix = "detectors." + slot.id + ".";
      counters.put(prefix + "version", scoringVersion(slot.id));
      counters.put(prefix + "installed", slot.versions().size());
      counters.put(prefix + "scored", slot.scored.sum());
      counters.put(prefix + "abstained", slot.abstained.sum());
      counters.put(prefix + "skipped", slot.skipped.sum());
      counters.put(prefix + "failures", slot.failures.sum());
      counters.put(prefix + "not_finite", slot.notFinite.sum());
      counters.put(prefix + "endless", slot.endless.sum());
      counters.put(prefix + "quarantined", slot.quarantined().size());
      counters.put(
          prefix + "quarantine_reasons",
          slot.quarantined().stream().map(one -> one.version + ": " + one.quarantine()).toList());
      counters.put(prefix + "swaps", slot.swaps.get());
      counters.put(prefix + "calls", slot.calls.sum());
      counters.put(prefix + "milliseconds", slot.nanos.sum() / 1_000_000);
      counters.put(prefix + "p99_microseconds", percentile99(slot));
      counters.put(prefix + "allocated_bytes", slot.allocated.sum());
    }
    return counters;
  }

  private static long percentile99(Slot slot) {
    return Optional.ofNullable(slot.current())
        .map(lease -> lease.latency().percentile99().toNanos() / 1_000)
        .orElse(0L);
  }

  private static String id(Map<String, Object> properties) {
    return String.valueOf(properties.get(Detector.ID));
  }

  private static long bundle(Map<String, Object> properties) {
    return properties.get(Constants.SERVICE_BUNDLEID) instanceof Long bundle ? bundle : -1;
  }

  private static Version version(Map<String, Object> properties) {
    return Version.parseVersion(String.valueOf(properties.get(Detector.VERSION)));
  }
}
