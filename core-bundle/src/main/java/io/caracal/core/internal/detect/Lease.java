package io.caracal.core.internal.detect;

import io.caracal.api.detect.Detector;
import io.caracal.api.detect.Scores;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.flow.View;
import io.caracal.api.flow.ViewDescription;
import io.caracal.api.plugin.PluginRoles;
import io.caracal.core.internal.guard.Breaker;
import io.caracal.core.internal.guard.DetectorCall;
import io.caracal.core.internal.guard.Latency;
import io.caracal.core.internal.guard.Limits;
import io.caracal.core.internal.guard.Quarantine;
import io.caracal.core.internal.guard.ViewGuard;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * One detector version and the calls inside it. A caller enters before a call and exits after it;
 * once closed nobody enters, and {@link #drain} returns when the last caller has left, so that the
 * model behind it may be released.
 */
public final class Lease implements Comparable<Lease> {
  private static final Comparator<Lease> ORDER =
      Comparator.comparing((Lease lease) -> lease.version).thenComparingLong(lease -> lease.bundle);
  private static final int CLOSED = Integer.MIN_VALUE;

  final Detector detector;
  final Version version;

  /** Number of the bundle that it came in, -1 if it came in none. */
  final long bundle;

  private final Latency latency = new Latency();
  private final DetectorCall call;
  private volatile Breaker breaker;
  private volatile @Nullable Quarantine quarantine;
  private final AtomicInteger inside = new AtomicInteger();

  Lease(Detector detector, Version version, long bundle, DetectorCall call, Breaker breaker) {
    this.detector = detector;
    this.version = version;
    this.bundle = bundle;
    this.call = call;
    this.breaker = breaker;
  }

  public Detector detector() {
    return detector;
  }

  /** In the order of versions; of one version the bundle that was installed later is above. */
  @Override
  public int compareTo(Lease other) {
    return ORDER.compare(this, other);
  }

  /** Why it does not score; empty if it may. */
  String quarantine() {
    Quarantine now = quarantine;
    return now == null ? "" : now.reason();
  }

  void quarantine(String reason) {
    quarantine = Quarantine.of(bundle, reason);
  }

  /** Looks whether somebody took it into use again, and then begins anew. */
  void look(PluginRoles roles, Limits limits) {
    Quarantine before = quarantine;
    if (before != null) {
      Quarantine now = before.seen(roles);
      breaker = now.lifted() ? new Breaker(limits) : breaker;
      quarantine = now.lifted() ? null : now;
    }
  }

  /** Decides when it fails too often. */
  Breaker breaker() {
    return breaker;
  }

  /** How long its calls take. */
  public Latency latency() {
    return latency;
  }

  /**
   * Scores a batch; the caller is inside. A detector that was installed after the batch was begun
   * and reads a view that the batch does not carry abstains.
   *
   * @param scores reset for the batch
   * @throws Exception whatever the detector throws
   */
  public void score(FlowBatch batch, Scores scores) throws Exception {
    long start = System.nanoTime();
    try {
      if (carries(batch)) {
        call.score(batch, scores);
      }
    } finally {
      latency.add(System.nanoTime() - start);
    }
  }

  /**
   * Withholds the rows that are long enough for the detector and of which no view that it reads is
   * missing; it abstains from the others.
   */
  public void withhold(FlowBatch batch, Scores scores) {
    scores.reset(batch.size());
    int least = detector.description().minimumPackets();
    List<View> read = read(batch);
    for (int row = 0; row < batch.size(); row++) {
      if (batch.packets(row) >= least && complete(batch, read, row)) {
        scores.withhold(row);
      }
    }
  }

  /** The views of a batch that the detector reads. */
  private List<View> read(FlowBatch batch) {
    List<String> wanted = detector.description().views();
    return batch.views().stream()
        .filter(view -> wanted.contains(view.description().name()))
        .toList();
  }

  private static boolean complete(FlowBatch batch, List<View> views, int row) {
    for (View view : views) {
      ViewDescription columns = view.description();
      if (ViewGuard.missing(batch.view(columns.name()), row * columns.width())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a batch carries every view that the detector reads. */
  public boolean carries(FlowBatch batch) {
    return read(batch).size() == detector.description().views().size();
  }

  /** Whether a call may begin; if so {@link #exit} must follow it. */
  public boolean enter() {
    int now = inside.get();
    while (now >= 0) {
      if (inside.compareAndSet(now, now + 1)) {
        return true;
      }
      now = inside.get();
    }
    return false;
  }

  /** A call has ended. */
  public void exit() {
    inside.decrementAndGet();
  }

  /** Ends what its calls needed; it was drained. */
  void close() {
    call.close();
  }

  /**
   * Closes the lease and waits for the calls inside; false if some are still there after the
   * timeout.
   */
  boolean drain(Duration timeout) {
    inside.getAndUpdate(now -> now < 0 ? now : now + CLOSED);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (inside.get() != CLOSED) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(50_000);
    }
    return true;
  }
}
