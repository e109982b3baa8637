package io.caracal.core.internal.ensemble;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.EnsembleDescription;
import io.caracal.api.plugin.PluginCounters;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.guard.Quarantine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ensembles that are installed; of those in use the one of highest service ranking, then
 * version, judges. One that keeps failing is quarantined and the next one judges.
 */
@Component(service = {EnsemblePool.class, PluginCounters.class})
public final class EnsemblePool implements PluginCounters {
  private static final Logger LOG = LoggerFactory.getLogger(EnsemblePool.class);

  private final ConcurrentSkipListMap<Rank, GuardedEnsemble> ensembles =
      new ConcurrentSkipListMap<>();
  private final Map<GuardedEnsemble, Quarantine> quarantined = new ConcurrentHashMap<>();
  private final LongAdder failures = new LongAdder();

  private final AtomicInteger changes = new AtomicInteger();
  private final PluginRoles roles;
  private final PluginRoles.Watch watch;
  private final Limits limits;
  private volatile Optional<Map.Entry<Rank, GuardedEnsemble>> current = Optional.empty();

  /** Ensembles whose bundles are in use. */
  @Activate
  public EnsemblePool(BundleContext context, @Reference PluginRoles roles) {
    this(Limits.of(new Settings(context::getProperty)), roles);
  }

  /** The same with limits. */
  public EnsemblePool(Limits limits, PluginRoles roles) {
    this.limits = limits;
    this.roles = roles;
    this.watch = roles.watch(this::choose);
  }

  @Deactivate
  void close() {
    watch.close();
  }

  private synchronized void choose() {
    quarantined.replaceAll((one, why) -> why.seen(roles));
    quarantined.values().removeIf(Quarantine::lifted);
    current =
        ensembles.descendingMap().entrySet().stream()
            .filter(entry -> roles.inUse(entry.getKey().bundle()))
            .filter(entry -> !quarantined.containsKey(entry.getValue()))
            .findFirst();
    changes.incrementAndGet();
  }

  private record Rank(int ranking, Version version, long serviceId, long bundle)
      implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER =
        Comparator.comparingInt(Rank::ranking)
            .thenComparing(Rank::version)
            .thenComparingLong(Rank::serviceId);

    static Rank of(Map<String, Object> properties) {
      return new Rank(
          properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
          Version.parseVersion(String.valueOf(properties.getOrDefault(Detector.VERSION, "0.0.0"))),
          (Long) properties.get(Constants.SERVICE_ID),
          properties.get(Constants.SERVICE_BUNDLEID) instanceof Long bundle ? bundle : -1);
    }

    @Override
    public int compareTo(Rank other) {
      return ORDER.compare(this, other);
    }
  }

  /** An ensemble was installed. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindEnsemble(Ensemble ensemble, Map<String, Object> properties) {
    Rank rank = Rank.of(properties);
    ensembles.put(
        rank, new GuardedEnsemble(ensemble, limits, (one, why) -> quarantine(one, rank, why)));
    choose();
    LOG.debug(
        "ensemble {} {} is installed",
        ensemble.description().id(),
        ensemble.description().version());
  }

  void unbindEnsemble(Ensemble ensemble, Map<String, Object> properties) {
    GuardedEnsemble gone = ensembles.remove(Rank.of(properties));
    if (gone != null) {
      quarantined.remove(gone);
      failures.add(gone.failures());
    }
    choose();
    LOG.debug(
        "ensemble {} {} is gone", ensemble.description().id(), ensemble.description().version());
  }

  private void quarantine(GuardedEnsemble one, Rank rank, String reason) {
    if (quarantined.putIfAbsent(one, Quarantine.of(rank.bundle(), reason)) != null) {
      return;
    }
    choose();
    roles.quarantine(rank.bundle(), reason);
    EnsembleDescription what = one.description();
    LOG.error(
        "ensemble {} {} is quarantined: it {}; {}",
        what.id(),
        what.version(),
        reason,
        current
            .map(Map.Entry::getValue)
            .map(next -> next.description().id() + " " + next.description().version() + " judges")
            .orElse("no other is installed and nothing is judged"));
  }

  /** Why an ensemble is quarantined; empty if it is not. */
  public String quarantined(String id, String version) {
    return quarantined.entrySet().stream()
        .filter(entry -> entry.getKey().description().id().equals(id))
        .filter(entry -> entry.getKey().description().version().equals(version))
        .map(entry -> entry.getValue().reason())
        .findFirst()
        .orElse("");
  }

  /** Counters of every ensemble that is installed under {@code ensembles.ID.}. */
  @Override
  public Map<String, Object> counters() {
    Map<String, List<String>> reasons = new TreeMap<>();
    for (GuardedEnsemble one : ensembles.values()) {
      EnsembleDescription what = one.description();
      List<String> known = reasons.computeIfAbsent(what.id(), id -> new ArrayList<>());
      Optional.ofNullable(quarantined.get(one))
          .ifPresent(why -> known.add(what.version() + ": " + why.reason()));
    }
    Map<String, Object> counters = new TreeMap<>();
    reasons.forEach(
        (id, known) -> {
          counters.put("ensembles." + id + ".quarantined", known.size());
          counters.put("ensembles." + id + ".quarantine_reasons", known);
        });
    return counters;
  }

  /** The ensembles that came in a bundle, judging or not. */
  public List<GuardedEnsemble> of(long bundle) {
    return ensembles.entrySet().stream()
        .filter(entry -> entry.getKey().bundle() == bundle)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The installed ensemble of a description, if it is still there. */
  public Optional<GuardedEnsemble> of(EnsembleDescription description) {
    return ensembles.values().stream()
        .filter(one -> one.description().equals(description))
        .findFirst();
  }

  /** Calls of ensembles that failed. */
  public long failures() {
    return failures.sum() + ensembles.values().stream().mapToLong(GuardedEnsemble::failures).sum();
  }

  /** Goes up whenever an ensemble comes or goes. */
  public int changes() {
    return changes.get();
  }

  /** The ensemble that judges now. */
  public Optional<GuardedEnsemble> current() {
    return current.map(Map.Entry::getValue);
  }

  /** Number of the bundle that the ensemble that judges now came in. */
  public OptionalLong currentBundle() {
    return current.stream().mapToLong(entry -> entry.getKey().bundle()).findFirst();
  }
}
