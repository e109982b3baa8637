package io.caracal.core.internal.exclusion;

import io.caracal.api.alert.AlertEvent;
import io.caracal.api.alert.Detection;
import io.caracal.api.alert.Detection.DetectorScore;
import io.caracal.api.alert.Exclusion;
import io.caracal.api.alert.ExclusionStore;
import io.caracal.api.alert.ExclusionStore.Hits;
import io.caracal.api.alert.ExclusionStore.Sample;
import io.caracal.api.flow.FlowIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exclusions of a sensor that works: as the store has them, which a thread of its own looks at
 * twice a second, so that a change is in force within a second. The same thread writes back what
 * they covered, and keeps some detections of each alert. Thread-safe.
 */
public final class Exclusions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exclusions.class);
  private static final long LOOK_MILLIS = 500;

  /** Detections that wait to be kept; beyond, they are only counted. */
  private static final int WAITING = 50_000;

  private final Optional<ExclusionStore> store;
  private final HomeNetworks home;
  private final Map<Long, Hits> hits = new HashMap<>();
  private final Map<String, Integer> kept = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Long> left = new HashMap<>();
  private volatile ExclusionIndex index = ExclusionIndex.EMPTY;
  private volatile long nowMillis = System.currentTimeMillis();
  private long version = Long.MIN_VALUE;
  private boolean failing;
  private volatile boolean stopping;
  private long covered;
  private long lost;
  private final Optional<Thread> thread;

  private Exclusions(Optional<ExclusionStore> store, HomeNetworks home) {
    this.store = store;
    this.home = home;
    store.ifPresent(this::look);
    thread = store.map(s -> Thread.ofPlatform().name("caracal-exclusions").start(() -> work(s)));
  }

  /** How a session comes by its exclusions. */
  public interface Opener {
    /**
     * Opens them.
     *
     * @param anew whether detections of an earlier run are forgotten
     */
    Exclusions open(boolean anew);
  }

  /** None, and nothing is kept. */
  public static Exclusions none() {
    return new Exclusions(Optional.empty(), HomeNetworks.NONE);
  }

  /** Those of a store, which is closed with them. */
  public static Exclusions of(ExclusionStore store, HomeNetworks home) {
    return new Exclusions(Optional.of(store), home);
  }

  /** Whether there are none, so that nobody need ask. */
  public boolean isEmpty() {
    return index.isEmpty();
  }

  /**
   * The exclusion that covers a judged flow.
   *
   * @param attackClass name of its class
   * @param detector id of the decisive detector
   * @return its number
   */
  public OptionalLong find(FlowIdentity who, String attackClass, Supplier<String> detector) {
    return index
        .find(who, attackClass, detector, nowMillis)
        .map(exclusion -> OptionalLong.of(exclusion.id()))
        .orElse(OptionalLong.empty());
  }

  /** Counts a flow that an exclusion covers. */
  public synchronized void hit(long id) {
    covered++;
    hits.merge(
        id, new Hits(1, nowMillis), (one, other) -> new Hits(one.flows() + 1, other.lastMillis()));
  }

  /** Keeps a detection to try exclusions against, or counts it. */
  public synchronized void keep(String alert, Detection detection) {
    if (store.isEmpty()) {
      return;
    }
    int before = kept.merge(alert, 1, Integer::sum) - 1;
    if (before >= ExclusionStore.KEPT || samples.size() >= WAITING) {
      left.merge(alert, 1L, Long::sum);
      return;
    }
    samples.add(
        new Sample(
            alert,
            detection.lastNanos(),
            detection.attackClass().name(),
            detection.decisive().map(DetectorScore::id).orElse(""),
            detection.identity()));
  }

  /** An alert was told: of one that is closed nothing more is kept. */
  public synchronized void told(AlertEvent alert) {
    if (alert.state() == AlertEvent.State.CLOSED) {
      kept.remove(alert.id());
    }
  }

  private void work(ExclusionStore open) {
    try {
      while (!stopping) {
        Thread.sleep(LOOK_MILLIS);
        look(open);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(ExclusionStore open) {
    nowMillis = System.currentTimeMillis();
    try {
      write(open);
      long now = open.version();
      if (now != version) {
        List<Exclusion> all = open.all();
        index = new ExclusionIndex(all.stream().filter(e -> !e.expired(nowMillis)).toList(), home);
        version = now;
      }
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.error(
            "exclusions cannot be read or written: {}; those known stay in force", e.getMessage());
      }
      failing = true;
    }
  }

  private void write(ExclusionStore open) throws IOException {
    Map<Long, Hits> counted;
    List<Sample> news;
    Map<String, Long> rest;
    synchronized (this) {
      counted = new LinkedHashMap<>(hits);
      news = List.copyOf(samples);
      rest = Map.copyOf(left);
      hits.clear();
      samples.clear();
      left.clear();
    }
    try {
      if (!counted.isEmpty()) {
        open.count(counted);
      }
      if (!news.isEmpty() || !rest.isEmpty()) {
        open.keep(news, rest);
      }
    } catch (IOException e) {
      synchronized (this) {
        lost += news.size();
        counted.forEach((id, more) -> lost += more.flows());
      }
      throw e;
    }
  }

  /** Counters under {@code exclusions.}. */
  public synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("exclusions.covered", covered);
    counters.put("exclusions.failed", lost);
    return counters;
  }

  /** Writes what waits. */
  @Override
  public void close() {
    stopping = true;
    thread.ifPresent(Exclusions::join);
    store.ifPresent(
        open -> {
          look(open);
          try {
            open.close();
          } catch (IOException e) {
            LOG.warn("the exclusions were not closed: {}", e.getMessage());
          }
        });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
