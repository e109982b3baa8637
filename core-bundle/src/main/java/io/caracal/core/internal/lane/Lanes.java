package io.caracal.core.internal.lane;

import io.caracal.core.internal.evidence.Evidence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One or several lanes and the stages that they share. Each is fed by one thread of its own. */
public final class Lanes implements AutoCloseable {
  /** How far a live lane may be behind, in packet time and on the clock. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Pipeline> pipelines;
  private final Stages stages;
  private final LaneOutput output;
  private final Phaser ends;

  /** How many lanes there are and how they share the work. */
  public enum Feed {
    /** Every lane is given the whole capture and takes its {@link Share} of it. */
    WHOLE,
    /** A lane is given only what is its own, as it arrives. */
    SPLIT
  }

  /**
   * Wires lanes.
   *
   * @param evidence makes what each lane keeps of the packets
   */
  public Lanes(
      Wiring wiring,
      int lanes,
      Feed feed,
      Scoring scoring,
      Supplier<Evidence> evidence,
      LaneOutput output) {
    this.output = output;
    ViewPlans plans =
        new ViewPlans(wiring.views(), wiring.viewChanges(), wiring.panels(), wiring.outputViews());
    long patience = feed == Feed.WHOLE ? TimeOrder.PATIENT : PATIENCE_NANOS;
    stages =
        new Stages(
            plans,
            new ContextStage(plans, lanes, patience),
            scoring,
            new TimeOrder(lanes, patience, this::passOn, output::onTime),
            patience,
            new AtomicBoolean());
    ends =
        new Phaser(lanes) {
          @Override
          protected boolean onAdvance(int phase, int lanesLeft) {
            ended();
            return lanesLeft == 0;
          }
        };
    Duration deadline =
        feed == Feed.WHOLE
            ? wiring.settings().seconds("replay.batch-deadline", Duration.ofSeconds(1))
            : wiring.settings().seconds("batch.deadline", Duration.ofMillis(50));
    pipelines =
        IntStream.range(0, lanes)
            .mapToObj(
                lane -> {
                  Share share = feed == Feed.WHOLE ? new Share(lane, lanes) : Share.ALL;
                  return new Pipeline(
                      wiring, lane, lanes, share, deadline, stages, evidence.get(), this);
                })
            .toList();
  }

  /** Lanes that only compute views, for outputs that ask for nothing else. */
  public static Lanes ofViews(Wiring wiring, int lanes, Feed feed, LaneOutput output) {
    return new Lanes(wiring, lanes, feed, Rows::unjudged, () -> Evidence.NONE, output);
  }

  private void passOn(Step step) {
    Rows rows = step.rows();
    if (rows != null) {
      output.onRow(rows.scored(), step.row());
      rows.rowPassedOn();
    }
  }

  /** The lanes, to be fed by one thread each. */
  public List<Pipeline> pipelines() {
    return pipelines;
  }

  LaneOutput output() {
    return output;
  }

  /** Waits until all lanes have ended their capture; then they may begin the next one. */
  void awaitEnd() {
    ends.arriveAndAwaitAdvance();
    if (stages.aborted().get()) {
      throw new IllegalStateException("another lane failed");
    }
  }

  /** A lane has ended its last capture. */
  void leave() {
    ends.arriveAndDeregister();
  }

  private void ended() {
    output.onEnd(nowNanos());
    stages.contexts().order().restart();
    stages.order().restart();
    stages.plans().restart();
  }

  /** Highest packet time seen by any lane, or {@link Long#MIN_VALUE}; while no lane is fed. */
  long nowNanos() {
    return pipelines.stream().mapToLong(p -> p.lane().nowNanos()).max().orElse(Long.MIN_VALUE);
  }

  /** A lane failed: the others stop instead of waiting for it. */
  public void abort() {
    stages.aborted().set(true);
    ends.forceTermination();
  }

  /** The sum of what the lanes published last, and what is counted for all of them. */
  public Map<String, Long> counters() {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Pipeline pipeline : pipelines) {
      pipeline.counters().forEach((name, count) -> sums.merge(name, count, Long::sum));
    }
    sums.putAll(stages.contexts().counters());
    return sums;
  }

  /** Ends what the lanes share; they are not fed any more. */
  @Override
  public void close() {
    pipelines.forEach(Pipeline::publish);
    pipelines.forEach(Pipeline::close);
    stages.scoring().close();
  }
}
