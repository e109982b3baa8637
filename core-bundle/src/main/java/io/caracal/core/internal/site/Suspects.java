package io.caracal.core.internal.site;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whom learning leaves out. An attack is seldom found in each of its flows, and what is learnt from
 * the others would hide it for good: within an hour of a flow that was judged an attack nothing is
 * learnt of what its source started with the same peer, and of a source of many such flows nothing
 * at all. Hosts that the operator vouches for are never left out.
 */
final class Suspects {
  private static final long AROUND_NANOS = Duration.ofHours(1).toNanos();

  /** From so many detections on a host is taken for an attacker, not for one that met with one. */
  private static final long MANY = 10;

  private static final int MOST_HOSTS = 100_000;

  private final Set<String> vouched;
  private final boolean attested;
  private final Map<String, Host> hosts = new HashMap<>();
  private long unlisted;

  /** What was found of a host. */
  static final class Host {
    private final Set<String> peers = new HashSet<>();
    private final Map<String, Long> classes = new TreeMap<>();
    private long detections;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    private void add(String peer, String attackClass, long nanos) {
      detections++;
      if (detections <= MANY) {
        peers.add(peer);
      }
      classes.merge(attackClass, 1L, Long::sum);
      firstNanos = Math.min(firstNanos, nanos);
      lastNanos = Math.max(lastNanos, nanos);
    }

    private boolean covers(String peer, long nanos) {
      return nanos >= firstNanos - AROUND_NANOS
          && nanos <= lastNanos + AROUND_NANOS
          && (detections >= MANY || peers.contains(peer));
    }

    /** Detections by class of attack. */
    Map<String, Long> classes() {
      return classes;
    }

    /** Time of the first. */
    long firstNanos() {
      return firstNanos;
    }

    /** Time of the last. */
    long lastNanos() {
      return lastNanos;
    }
  }

  /**
   * Suspects among all hosts but some.
   *
   * @param vouched addresses of hosts that are known to be benign
   * @param attested whether all are
   */
  Suspects(Set<String> vouched, boolean attested) {
    this.vouched = vouched;
    this.attested = attested;
  }

  /** A flow was judged an attack. */
  void detected(String source, String peer, String attackClass, long nanos) {
    if (attested || vouched.contains(source)) {
      return;
    }
    if (!hosts.containsKey(source) && hosts.size() >= MOST_HOSTS) {
      unlisted++;
      return;
    }
    hosts.computeIfAbsent(source, host -> new Host()).add(peer, attackClass, nanos);
  }

  /** Whether something that a host started then with a peer is left out. */
  boolean covers(String source, String peer, long nanos) {
    Host host = hosts.get(source);
    return host != null && host.covers(peer, nanos);
  }

  /** By address. */
  Map<String, Host> hosts() {
    return new TreeMap<>(hosts);
  }

  /** Detections of hosts beyond the number that is remembered; those are not left out. */
  long unlisted() {
    return unlisted;
  }
}
