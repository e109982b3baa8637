package io.caracal.api.detect;

import io.caracal.api.detect.Suspicion.Role;
import io.caracal.api.flow.FlowIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adds up what the flows of a host say together. A flow gives evidence by how rare its judgement is
 * among benign flows: the decimal logarithm of {@value #FLOOR} over its tail probability, from 0 to
 * {@value #MOST}. It counts for its source, for the pair of source and destination, and for its
 * destination as the victim of many sources. There each flow moves two sums, one that fades over
 * ten minutes and one that fades over four hours:
 *
 * <pre>sum = max(0, faded sum + (evidence - {@value #EXPECTED}) / sqrt(1 + n))</pre>
 *
 * with {@code n} the flows that gave evidence before, fading over ten minutes: for a source or a
 * pair those to the same service, for a victim those of the same source. So a thousand flows of one
 * kind, which are right or wrong together, count for less than ten of different kinds. What a
 * benign flow is expected to give is taken off, about twice (its mean is {@value #FLOOR} / ln 10),
 * so that traffic alone makes nobody suspicious: a cumulative sum (Page 1954) of evidence.
 *
 * <p>The sensor and whatever sets its thresholds use this one class. The result depends on the
 * order of the flows. One thread; memory is bounded, and what is forgotten for it is counted.
 */
public final class HostEvidence {
  /** Judgements that are less rare among benign flows give no evidence. */
  public static final double FLOOR = 0.01;

  /** Evidence that one flow gives at most. */
  public static final double MOST = 2;

  /** Taken off for every flow. */
  public static final double EXPECTED = 0.01;

  /** A victim of many sources has evidence from at least so many. */
  public static final int SOURCES = 3;

  private final int capacity;
  private final long quietNanos;
  private final SequencedMap<Key, HostSum> hosts = new LinkedHashMap<>(16, 0.75f, true);
  private final SequencedMap<Long, Double> alive = new LinkedHashMap<>();
  private long forgotten;

  private record Key(Role role, long high, long low, long otherHigh, long otherLow) {
    static Key of(Role role, FlowIdentity who) {
      return switch (role) {
        case SOURCE -> new Key(role, who.sourceHigh(), who.sourceLow(), 0, 0);
        case PAIR ->
            new Key(
                role,
                who.sourceHigh(),
                who.sourceLow(),
                who.destinationHigh(),
                who.destinationLow());
        case VICTIM -> new Key(role, who.destinationHigh(), who.destinationLow(), 0, 0);
      };
    }
  }

  /**
   * No evidence yet.
   *
   * @param capacity hosts, and flows that are not over, of which it remembers what they gave
   * @param quietNanos a host that was told is told again without new evidence of the whole
   *     threshold only if it was not quiet for so long
   */
  public HostEvidence(int capacity, long quietNanos) {
    this.capacity = capacity;
    this.quietNanos = quietNanos;
  }

  /**
   * Takes a judgement.
   *
   * @param flow the flow as judged now
   * @param threshold from which the evidence against a host is a detection
   * @return the hosts that this flow gave evidence against and that are at or over the threshold
   *     now, in the order of {@link Role}
   */
  public List<Suspicion> add(JudgedFlow flow, double threshold) {
    double evidence = Math.clamp(Math.log10(FLOOR / Math.max(flow.tail(), 1e-12)), 0, MOST);
    Double before = flow.last() ? alive.remove(flow.id()) : alive.get(flow.id());
    if (!flow.last() && (before == null || evidence > before)) {
      alive.put(flow.id(), evidence);
      forget(alive);
    }
    if (before != null && evidence <= before) {
      return List.of();
    }
    HostSum.Step step =
        new HostSum.Step(
            flow,
            before == null ? evidence - EXPECTED : evidence - before,
            evidence > 0,
            before == null || before == 0);
    List<Suspicion> suspicions = new ArrayList<>(0);
    for (Role role : Role.values()) {
      add(role, step, threshold, suspicions);
    }
    return suspicions;
  }

  private void add(Role role, HostSum.Step step, double threshold, List<Suspicion> suspicions) {
    Key key = Key.of(role, step.flow().identity());
    HostSum sum = hosts.get(key);
    if (sum == null) {
      if (!step.evident()) {
        return;
      }
      sum = new HostSum(role);
      hosts.put(key, sum);
      forget(hosts);
    }
    sum.add(step, quietNanos);
    if (sum.nothing()) {
      hosts.remove(key);
    } else if (step.evident() && sum.reaches(threshold)) {
      suspicions.add(sum.tell(step.flow(), threshold));
    }
  }

  private <K, V> void forget(SequencedMap<K, V> map) {
    if (map.size() > capacity) {
      map.pollFirstEntry();
      forgotten++;
    }
  }

  /** Hosts and flows that were forgotten because there were too many, so far. */
  public long forgotten() {
    return forgotten;
  }

  /** Hosts, pairs and victims that there is evidence against now. */
  public int size() {
    return hosts.size();
  }

  /** Forgets everything: the next flow is of another time. */
  public void clear() {
    hosts.clear();
    alive.clear();
  }
}
