package io.caracal.core.internal.ensemble;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.plugin.PluginRoles;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
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
 * version, judges.
 */
@Component(service = EnsemblePool.class)
public final class EnsemblePool {
  private static final Logger LOG = LoggerFactory.getLogger(EnsemblePool.class);

  private final ConcurrentSkipListMap<Rank, Ensemble> ensembles = new ConcurrentSkipListMap<>();

  private final AtomicInteger changes = new AtomicInteger();
  private final PluginRoles roles;
  private final PluginRoles.Watch watch;
  private volatile Optional<Map.Entry<Rank, Ensemble>> current = Optional.empty();

  /** Ensembles whose bundles are in use. */
  @Activate
  public EnsemblePool(@Reference PluginRoles roles) {
    this.roles = roles;
    this.watch = roles.watch(this::choose);
  }

  @Deactivate
  void close() {
    watch.close();
  }

  private synchronized void choose() {
    current =
        ensembles.descendingMap().entrySet().stream()
            .filter(entry -> roles.inUse(entry.getKey().bundle()))
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
    ensembles.put(Rank.of(properties), ensemble);
    choose();
    LOG.debug(
        "ensemble {} {} is installed",
        ensemble.description().id(),
        ensemble.description().version());
  }

  void unbindEnsemble(Ensemble ensemble, Map<String, Object> properties) {
    ensembles.remove(Rank.of(properties));
    choose();
    LOG.debug(
        "ensemble {} {} is gone", ensemble.description().id(), ensemble.description().version());
  }

  /** Goes up whenever an ensemble comes or goes. */
  public int changes() {
    return changes.get();
  }

  /** The ensemble that judges now. */
  public Optional<Ensemble> current() {
    return current.map(Map.Entry::getValue);
  }

  /** Number of the bundle that the ensemble that judges now came in. */
  public OptionalLong currentBundle() {
    return current.stream().mapToLong(entry -> entry.getKey().bundle()).findFirst();
  }
}
