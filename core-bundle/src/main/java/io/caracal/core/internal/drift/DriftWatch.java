package io.caracal.core.internal.drift;

import io.caracal.api.alert.DriftEvent;
import io.caracal.api.alert.DriftEvent.State;
import io.caracal.api.detect.Ensemble;
import io.caracal.api.detect.Vote;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowBatch;
import io.caracal.api.plugin.Settings;
import io.caracal.core.internal.drift.DriftRow.Source;
import io.caracal.core.internal.ensemble.EnsembleDescriptor.Member;
import io.caracal.core.internal.ensemble.LogisticEnsemble;
import io.caracal.core.internal.ensemble.Transform;
import io.caracal.core.internal.lane.Budget;
import io.caracal.core.internal.lane.ScoredBatch;
import io.caracal.core.internal.site.FlatViews;
import io.caracal.core.internal.site.Learner;
import io.caracal.core.internal.site.TimeSpreadSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether flows that are judged benign still look like the traffic that the ensemble was
 * calibrated to. Of every window of flows a bounded sample is compared with the reference, without
 * hosts that were found to attack. Windows in a row that differ, not by one host, and for as long
 * as two usually take, are drift: it is spread and lasts, as an attack seldom does. The watch
 * proposes to learn again and changes nothing itself.
 */
public final class DriftWatch implements ScoredBatch.Listener {
  private static final int SAMPLE = 4_096;
  private static final int LEAST = 500;
  private static final int MOST_SUSPECTS = 100_000;
  private static final int NAMED = 10;
  private static final int REMEMBERED = 51;

  /** What differs for two windows lasts, if these took not much less time than others. */
  private static final double LASTS = 0.8;

  private final Supplier<Optional<Ensemble>> ensemble;
  private final Budget budget;
  private final int window;
  private final Consumer<DriftEvent> output;

  private @Nullable Ensemble seen;
  private @Nullable DriftReference reference;
  private TimeSpreadSample<DriftRow> sample = new TimeSpreadSample<>(SAMPLE);
  private Set<Source> suspects = new HashSet<>();
  private Set<Source> suspectsBefore = Set.of();

  /** Detectors that were not asked about every flow, so that their p-values cannot be even. */
  private Set<String> partial = new HashSet<>();

  private FlatViews views = new FlatViews(List.of());
  private PageHinkley rise = new PageHinkley();
  private double due;
  private long step = 1;
  private long flows;
  private long beganNanos;
  private final List<Long> lengths = new ArrayList<>();
  private int shifted;
  private long shiftedSinceNanos;
  private long windows;
  private double index;
  private volatile State state = State.UNKNOWN;

  /**
   * A watch.
   *
   * @param ensemble the one that judges now
   * @param output takes an event whenever the state changes
   */
  public DriftWatch(
      Supplier<Optional<Ensemble>> ensemble, Settings settings, Consumer<DriftEvent> output) {
    this.ensemble = ensemble;
    this.budget = Budget.of(settings);
    this.window = settings.integer("drift.window", 0);
    this.output = output;
  }

  @Override
  public void onRow(ScoredBatch scored, int row) {
    FlowBatch batch = scored.batch();
    long priority = Learner.priority(batch.identity(row), batch.startNanos(row));
    boolean drawn = priority % step == 0;
    if (drawn) {
      follow();
    }
    DriftReference known = reference;
    if (known == null
        || known.members().isEmpty()
        || !scored.judgements().judged(row)
        || batch.reason(row) == EndReason.END_OF_CAPTURE) { // cut short, unlike other flows
      return;
    }
    Source source = Source.of(batch.identity(row));
    if (scored.detected(row)) {
      if (suspects.size() < MOST_SUSPECTS) {
        suspects.add(source);
      }
      return;
    }
    long nanos = batch.flow(row).writtenNanos();
    if (drawn) {
      draw(scored, row, known, priority);
    }
    beganNanos = flows == 0 ? nanos : beganNanos;
    if (++flows >= due) {
      close(known, nanos);
    }
  }

  private void draw(ScoredBatch scored, int row, DriftReference known, long priority) {
    FlowBatch batch = scored.batch();
    views = views.of(batch);
    DriftRow drawn =
        new DriftRow(
            batch.flow(row).writtenNanos(),
            priority,
            batch.identity(row),
            evidence(scored.votes(), known.members(), row),
            known.columns().isEmpty() ? new float[0] : views.row(batch, row));
    sample.add(drawn);
    if (!suspects.contains(drawn.source()) && !suspectsBefore.contains(drawn.source())) {
      rising(drawn);
    }
  }

  /** Another ensemble is another reference. */
  private void follow() {
    Ensemble now = ensemble.get().orElse(null);
    if (now != seen) {
      seen = now;
      reference =
          Optional.ofNullable(now)
              .flatMap(LogisticEnsemble::of)
              .map(DriftReference::of)
              .orElse(null);
      due = window > 0 || now == null ? window : budget.flowsPerDay(now);
      step = Math.max(1, (long) (due / SAMPLE));
      restart();
      shifted = 0;
      lengths.clear();
      state = State.UNKNOWN;
    }
  }

  private void restart() {
    sample = new TimeSpreadSample<>(SAMPLE);
    suspectsBefore = suspects;
    suspects = new HashSet<>();
    partial = new HashSet<>();
    flows = 0;
  }

  private float[] evidence(List<Vote> votes, List<Member> members, int row) {
    float[] evidence = new float[members.size()];
    Arrays.fill(evidence, Float.NaN);
    for (Vote vote : votes) {
      if (vote.scores().withheld(row)) {
        partial.add(vote.detector().id());
      } else if (!vote.scores().abstained(row)) {
        evidence(vote, members, row, evidence);
      }
    }
    return evidence;
  }

  private static void evidence(Vote vote, List<Member> members, int row, float[] evidence) {
    for (int i = 0; i < evidence.length; i++) {
      Member member = members.get(i);
      if (member.id().equals(vote.detector().id())) {
        Transform transform = member.transform(vote.detector().version());
        evidence[i] = (float) transform.evidence(vote.scores().score(row));
      }
    }
  }

  private void rising(DriftRow row) {
    rise.add(row.meanEvidence(), row.nanos());
    if (rise.risen() && state.quiet()) {
      Shift unknown = new Shift(index, Map.of(), Map.of(), false, 0);
      say(State.SUSPECTED, rise.sinceNanos(), row.nanos(), unknown);
    }
  }

  private void close(DriftReference known, long nanos) {
    List<DriftRow> rows =
        sample.kept().stream()
            .map(TimeSpreadSample.Kept::item)
            .filter(row -> !suspects.contains(row.source()))
            .filter(row -> !suspectsBefore.contains(row.source()))
            .toList();
    Set<String> leftOut = partial;
    restart();
    if (rows.size() < LEAST) {
      return; // nearly everybody attacks: nothing can be said of normal traffic
    }
    windows++;
    long length = nanos - beganNanos;
    Shift shift = Shift.of(rows, known, leftOut, views.names());
    index = shift.index();
    if (index <= Shift.MUCH || shift.concentrated()) {
      remember(length);
      shifted = 0;
      rise = new PageHinkley();
      say(index <= Shift.MUCH ? State.STABLE : State.CONCENTRATED, nanos, nanos, shift);
      return;
    }
    if (++shifted == 1) {
      shiftedSinceNanos = rows.getFirst().nanos();
    }
    boolean lasts = shifted > 1 && nanos - shiftedSinceNanos >= 2 * LASTS * usualNanos(length);
    say(lasts ? State.DRIFT : State.SUSPECTED, shiftedSinceNanos, nanos, shift);
  }

  private void remember(long nanos) {
    if (lengths.size() == REMEMBERED) {
      lengths.removeFirst();
    }
    lengths.add(nanos);
  }

  /** A flood fills its windows fast: this is how long one takes that does not differ. */
  private long usualNanos(long otherwise) {
    return lengths.isEmpty()
        ? otherwise
        : lengths.stream().sorted().toList().get(lengths.size() / 2);
  }

  private void say(State next, long sinceNanos, long nanos, Shift shift) {
    State before = state;
    state = next;
    if (next == before || (next == State.STABLE && before == State.UNKNOWN)) {
      return;
    }
    output.accept(
        new DriftEvent(
            nanos,
            next,
            sinceNanos,
            reference == null ? "" : reference.version(),
            shift.index(),
            shift.detectors(),
            new LinkedHashMap<>(named(shift)),
            shift.hosts()));
  }

  private static Map<String, Double> named(Shift shift) {
    Map<String, Double> named = new LinkedHashMap<>();
    shift.changedColumns(NAMED).forEach(entry -> named.put(entry.getKey(), entry.getValue()));
    return named;
  }

  /** Counters under {@code drift.}. */
  public Map<String, Object> counters() {
    Map<String, Object> counters = new LinkedHashMap<>();
    counters.put("drift.state", state.key());
    counters.put("drift.windows", windows);
    counters.put("drift.index", index);
    return counters;
  }
}
