package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;
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
  final LongAdder nanos = new LongAdder();
  final AtomicInteger swaps = new AtomicInteger();
  private final LongPredicate inUse;
  private final NavigableSet<Lease> versions = new ConcurrentSkipListSet<>();
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private volatile @Nullable Lease current;

  Slot(String id, LongPredicate inUse) {
    this.id = id;
    this.inUse = inUse;
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

  /**
   * Counts a failed call; true if it was one too many and the version is quarantined from now on.
   */
  synchronized boolean failed(Lease lease, String reason, int limit) {
    failures.increment();
    if (current != lease || failuresInARow.incrementAndGet() < limit) {
      return false;
    }
    lease.quarantine(reason);
    choose();
    return true;
  }

  void succeeded() {
    failuresInARow.set(0);
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
    choose();
    return current != before;
  }

  private void choose() {
    Lease before = current;
    Lease best = null;
    for (Lease lease : versions.descendingSet()) {
      if (inUse.test(lease.bundle) && lease.quarantine().isEmpty()) {
        best = lease;
        break;
      }
    }
    if (best == before) {
      return;
    }
    current = best;
    failuresInARow.set(0);
    if (before != null) {
      swaps.incrementAndGet();
    }
  }
}
