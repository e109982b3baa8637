package io.caracal.core.internal.plugin;

import io.caracal.api.plugin.PluginRoles;
import io.caracal.core.internal.guard.Quarantine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * The services of one type. Of several that go by one name, the one of the highest version whose
 * bundle is in use is taken; of equal ones the oldest. Thread-safe; what is taken is read without a
 * lock.
 */
public final class Offers<T> implements AutoCloseable {
  private final PluginRoles roles;
  private final PluginRoles.Watch watch;
  private final Function<T, String> name;
  private final LongFunction<Version> versions;
  private final Runnable changed;
  private final List<Offer<T>> offers = new ArrayList<>();
  private final Map<Offer<T>, Quarantine> quarantined = new HashMap<>();
  private volatile List<T> taken = List.of();

  private record Offer<T>(
      T service, String name, Version version, int ranking, long serviceId, long bundle) {}

  /**
   * No services yet.
   *
   * @param name what a service goes by
   * @param versions the version of a bundle by its number
   * @param changed called after others are taken than before, with a lock held
   */
  public Offers(
      PluginRoles roles,
      Function<T, String> name,
      LongFunction<Version> versions,
      Runnable changed) {
    this.roles = roles;
    this.name = name;
    this.versions = versions;
    this.changed = changed;
    this.watch = roles.watch(this::choose);
  }

  /** The versions of the bundles of a framework. */
  public static LongFunction<Version> versions(BundleContext context) {
    return number -> {
      Bundle bundle = context.getBundle(number);
      return bundle == null ? Version.emptyVersion : bundle.getVersion();
    };
  }

  /** A service has come. */
  public synchronized void add(T service, Map<String, Object> properties) {
    long bundle = properties.get(Constants.SERVICE_BUNDLEID) instanceof Long number ? number : -1;
    offers.add(
        new Offer<>(
            service,
            name.apply(service),
            versions.apply(bundle),
            properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
            properties.get(Constants.SERVICE_ID) instanceof Long id ? id : 0,
            bundle));
    choose();
  }

  /** A service goes; it is not among the taken ones any more once this returns. */
  public synchronized void remove(T service) {
    offers.removeIf(offer -> offer.service() == service);
    quarantined.keySet().retainAll(offers);
    choose();
  }

  /**
   * Leaves a service out because of how it works, and takes its bundle out of use unless that
   * offers others of the type, which may work.
   *
   * @param reason one sentence
   * @return false if it is left out already, or is not there
   */
  public boolean quarantine(T service, String reason) {
    Optional<Offer<T>> failed = leaveOut(service, reason);
    // Not with the lock held: whoever changes roles asks for it.
    failed.filter(this::single).ifPresent(one -> roles.quarantine(one.bundle(), reason));
    return failed.isPresent();
  }

  private synchronized Optional<Offer<T>> leaveOut(T service, String reason) {
    Optional<Offer<T>> failed =
        offers.stream()
            .filter(offer -> offer.service() == service && !quarantined.containsKey(offer))
            .findFirst();
    failed.ifPresent(one -> quarantined.put(one, Quarantine.of(one.bundle(), reason)));
    choose();
    return failed;
  }

  private synchronized boolean single(Offer<T> offer) {
    return offers.stream().filter(other -> other.bundle() == offer.bundle()).count() == 1;
  }

  /** What is left out of a name because of how it works, as {@code VERSION: reason}. */
  public synchronized List<String> quarantined(String named) {
    return quarantined.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(named))
        .map(entry -> entry.getKey().version() + ": " + entry.getValue().reason())
        .sorted()
        .toList();
  }

  /** One service of each name, by service ranking, then in the order in which the names came. */
  public List<T> taken() {
    return taken;
  }

  private synchronized void choose() {
    quarantined.replaceAll((one, why) -> why.seen(roles));
    quarantined.values().removeIf(Quarantine::lifted);
    Map<String, Offer<T>> best = new LinkedHashMap<>();
    offers.stream()
        .sorted(Comparator.comparingLong(Offer::serviceId))
        .filter(offer -> roles.inUse(offer.bundle()) && !quarantined.containsKey(offer))
        .forEach(
            offer ->
                best.merge(
                    offer.name(),
                    offer,
                    (one, other) -> other.version().compareTo(one.version()) > 0 ? other : one));
    List<T> now =
        best.values().stream()
            .sorted(Comparator.comparingInt((Offer<T> offer) -> offer.ranking()).reversed())
            .map(Offer::service)
            .toList();
    if (!now.equals(taken)) {
      taken = now;
      changed.run();
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
