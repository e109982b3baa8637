package io.caracal.api.detect;

import io.caracal.api.detect.Suspicion.Role;
import io.caracal.api.flow.FlowIdentity;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The evidence against one host in one role, as {@link HostEvidence} adds it up. */
final class HostSum {
  private static final double[] MEMORY_SECONDS = {600, 14_400};

  /** Services or sources whose repetition is remembered, the last used ones. */
  private static final int KINDS = 256;

  /** A source that gave evidence counts until this much of it is left. */
  private static final double FADED = 0.1;

  private static final double NANOS = 1e9;

  private final Role role;
  private final double[] sums = new double[MEMORY_SECONDS.length];
  private final SequencedMap<Kind, Repeats> repeats = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<AttackClass, Double> classes = new HashMap<>();
  private final Deque<Suspicion.Flow> flows = new ArrayDeque<>();
  private long count;
  private long sinceNanos;
  private long lastNanos;
  private long toldNanos = Long.MIN_VALUE;

  /** What repeats itself: a service, or a source. */
  private record Kind(long high, long low) {}

  private record Repeats(double count, long nanos) {
    double at(long now) {
      return count * faded(nanos, now, MEMORY_SECONDS[0]);
    }
  }

  /**
   * What a flow changes.
   *
   * @param flow the flow as judged now
   * @param change of its evidence, less what is expected of a new flow
   * @param evident whether it gives evidence
   * @param fresh whether it gave none before
   */
  record Step(JudgedFlow flow, double change, boolean evident, boolean fresh) {}

  HostSum(Role role) {
    this.role = role;
  }

  void add(Step step, long quietNanos) {
    long now = Math.max(lastNanos, step.flow().nanos());
    if (step.evident() && toldNanos != Long.MIN_VALUE && now - toldNanos >= quietNanos) {
      startAnew();
    }
    Kind kind = kind(step.flow().identity());
    Repeats before = repeats.get(kind);
    double repeated = before == null ? 0 : before.at(now);
    for (int i = 0; i < sums.length; i++) {
      double rest = count == 0 ? 0 : sums[i] * faded(lastNanos, now, MEMORY_SECONDS[i]);
      sums[i] = Math.max(0, rest + step.change() / Math.sqrt(1 + repeated));
    }
    lastNanos = now;
    if (step.evident()) {
      remember(step, kind, repeated, now);
    }
  }

  private void startAnew() {
    Arrays.fill(sums, 0);
    classes.clear();
    flows.clear();
    count = 0;
    toldNanos = Long.MIN_VALUE;
  }

  private void remember(Step step, Kind kind, double repeated, long now) {
    repeats.put(kind, new Repeats(repeated + (step.fresh() ? 1 : 0), now));
    if (repeats.size() > KINDS) {
      repeats.pollFirstEntry();
    }
    JudgedFlow flow = step.flow();
    classes.merge(flow.attackClass(), step.change(), Double::sum);
    sinceNanos = count == 0 ? now : sinceNanos;
    if (step.fresh()) {
      count++;
      flows.addLast(new Suspicion.Flow(flow.id(), flow.identity()));
      if (flows.size() > Suspicion.LISTED) {
        flows.removeFirst();
      }
    }
  }

  private Kind kind(FlowIdentity who) {
    return role == Role.VICTIM
        ? new Kind(who.sourceHigh(), who.sourceLow())
        : new Kind(who.protocol(), who.destinationPort());
  }

  boolean nothing() {
    return sums[0] == 0 && sums[1] == 0;
  }

  boolean reaches(double threshold) {
    return Math.max(sums[0], sums[1]) >= threshold
        && (role != Role.VICTIM
            || repeats.values().stream().filter(r -> r.at(lastNanos) >= FADED).count()
                >= HostEvidence.SOURCES);
  }

  Suspicion tell(JudgedFlow flow, double threshold) {
    toldNanos = lastNanos;
    AttackClass most =
        classes.entrySet().stream()
            .max(
                Map.Entry.<AttackClass, Double>comparingByValue()
                    .thenComparing(entry -> entry.getKey().name(), Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .orElse(AttackClass.ANOMALY);
    return new Suspicion(
        role,
        role == Role.VICTIM ? flow.identity().destination() : flow.identity().source(),
        Math.max(sums[0], sums[1]),
        threshold,
        count,
        sinceNanos,
        List.copyOf(flows),
        most);
  }

  private static double faded(long before, long now, double seconds) {
    return Math.exp(-Math.max(0, now - before) / NANOS / seconds);
  }
}
