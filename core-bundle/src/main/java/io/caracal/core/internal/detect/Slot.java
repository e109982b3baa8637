package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.core.internal.guard.EndlessCall;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.guard.NotFinite;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * All installed versions of one detector id; the highest that is in use and not quarantined scores.
 */
public final class Slot {
  final String id;
  final LongAdder scored = new LongAdder();
  final LongAdder abstained = new LongAdder();
  final LongAdder skipped = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder notFinite = new LongAdder();
  final LongAdder endless = new LongAdder();
  final LongAdder calls = new LongAdder();
  final LongAdder allocated = new LongAdder();
  final LongAdder nanos = new LongAdder();
  final AtomicInteger swaps = new AtomicInteger();
  private final PluginRoles roles;
  private final Limits limits;
  private final NavigableSet<Lease> versions = new ConcurrentSkipListSet<>();
  private volatile @Nullable Lease current;

  Slot(String id, PluginRoles roles, Limits limits) {
    this.id = id;
    this.roles = roles;
    this.limits = limits;
  }

  /** The lease that scores now, or null if no version is fit to. */
  @Nullable Lease current() {
    return current;
  }

  /** The detector that scores now. */
  Optional<Detector> detector() {
    return Optional.ofNullable(current).map(lease -> lease.detector);
  }

  /** Enters the lease of the version that scores now; null if none does. */
  @Nullable Lease enter() {
    Lease lease = current;
    while (lease != null && !lease.enter()) {
      lease = current;
    }
    return lease;
  }

  /** Installed versions, the lowest first. */
  NavigableSet<Lease> versions() {
    return versions;
  }

  /** Versions that are left out because they failed. */
  List<Lease> quarantined() {
    return versions.stream().filter(lease -> !lease.quarantine().isEmpty()).toList();
  }

  /** Returns the lease that scored before. */
  synchronized @Nullable Lease add(Lease lease) {
    Lease before = current;
    versions.remove(lease);
    versions.add(lease);
    choose();
    return before;
  }

  synchronized void remove(Lease lease) {
    versions.remove(lease);
    choose();
  }

  /** Leaves a version out; false if it is left out already. */
  synchronized boolean quarantine(Lease lease, String reason) {
    if (!lease.quarantine().isEmpty()) {
      return false;
    }
    lease.quarantine(reason);
    choose();
    return true;
  }

  /** Counts a failed call. */
  void failed(Throwable failure) {
    failures.increment();
    if (failure instanceof NotFinite) {
      notFinite.increment();
    } else if (failure instanceof EndlessCall) {
      endless.increment();
    }
  }

  /** Counts what became of the rows of a batch, and the time it took. */
  void count(Scores scores, long time) {
    nanos.add(time);
    int silent = 0;
    int notAsked = 0;
    for (int row = 0; row < scores.size(); row++) {
      notAsked += scores.withheld(row) ? 1 : 0;
      silent += scores.abstained(row) ? 1 : 0;
    }
    skipped.add(notAsked);
    abstained.add(silent - notAsked);
    scored.add(scores.size() - silent);
  }

  /** Chooses again after the role of a bundle changed; true if another version scores now. */
  synchronized boolean rolesChanged() {
    Lease before = current;
    versions.forEach(lease -> lease.look(roles, limits));
    choose();
    return current != before;
  }

  private void choose() {
    Lease before = current;
    Lease best = null;
    for (Lease lease : versions.descendingSet()) {
      if (roles.inUse(lease.bundle) && lease.quarantine().isEmpty()) {
        best = lease;
        break;
      }
    }
    if (best == before) {
      return;
    }
    current = best;
    if (before != null) {
      swaps.incrementAndGet();
    }
  }
}
