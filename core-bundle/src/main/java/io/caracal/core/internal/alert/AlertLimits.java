package io.caracal.core.internal.alert;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How many new alerts there may be: a token bucket for each attacker and one for all, each filled
 * once per hour of packet time. Attackers that were told of longest ago are forgotten, which leaves
 * them a full bucket.
 */
final class AlertLimits {
  private static final double HOUR_NANOS = 3600e9;
  private static final int SOURCES = 100_000;

  private final int perSource;
  private final Bucket all;
  private final SequencedMap<String, Bucket> sources = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Bucket {
    private final int size;
    private double tokens;
    private long nanos;

    Bucket(int size) {
      this.size = size;
      this.tokens = size;
    }

    boolean full(long now) {
      tokens = Math.min(size, tokens + Math.max(0, now - nanos) / HOUR_NANOS * size);
      nanos = Math.max(nanos, now);
      return tokens >= 1;
    }

    void take() {
      tokens = Math.max(0, tokens - 1);
    }
  }

  AlertLimits(AlertRules rules) {
    perSource = rules.perSource();
    all = new Bucket(rules.total());
  }

  /** Whether there may be another alert about this attacker. */
  boolean allowsSource(String attacker, long nowNanos) {
    return bucket(attacker).full(nowNanos);
  }

  /** Whether there may be another alert at all. */
  boolean allowsAny(long nowNanos) {
    return all.full(nowNanos);
  }

  /** An alert about this attacker is raised, perhaps the one that its others are folded into. */
  void raised(String attacker) {
    bucket(attacker).take();
    all.take();
  }

  private Bucket bucket(String attacker) {
    Bucket bucket = sources.computeIfAbsent(attacker, unknown -> new Bucket(perSource));
    if (sources.size() > SOURCES) {
      sources.pollFirstEntry();
    }
    return bucket;
  }
}
