package io.caracal.core.internal.lane;

import io.caracal.api.alert.SensorEvent;
import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowCounters;
import io.caracal.core.internal.alert.AlertBook;
import io.caracal.core.internal.alert.Explainer;
import io.caracal.core.internal.evidence.Evidence;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * One lane wired from frames to events: everything that no other lane touches. Used by one thread;
 * others read the counters that it {@linkplain #publish publishes} now and then.
 */
public final class Pipeline implements AutoCloseable {
  private static final int DRIVERS = 5;

  private final Lane lane;
  private final Batcher batcher;
  private final Scorer scorer;
  private final EventMaker events;
  private final Evidence evidence;
  private final Conversations conversations = new Conversations();
  private long failures;
  private volatile Map<String, Long> published = Map.of();

  /**
   * Wires a lane.
   *
   * @param lanes how many lanes there are
   * @param evidence this lane's, closed with it
   * @param observer sees every scored batch, before its events are made
   * @param clock told the packet time after every packet
   */
  Pipeline(
      Wiring wiring,
      int lanes,
      AlertBook alerts,
      Evidence evidence,
      Consumer<SensorEvent> output,
      ScoredBatch.Listener observer,
      ObjLongConsumer<Pipeline> clock) {
    this.evidence = evidence;
    int capacity = wiring.settings().integer("batch.size", 256);
    events = new EventMaker(alerts, new Explainer(wiring.detectors(), DRIVERS), evidence, output);
    scorer =
        new Scorer(wiring.detectors(), wiring.ensembles(), Budget.of(wiring.settings()), capacity);
    batcher =
        new Batcher(
            capacity,
            wiring.views(),
            wiring.settings().seconds("batch.deadline", Duration.ofMillis(50)),
            scorer,
            scored -> {
              observer.onScored(scored);
              events.onScored(scored);
            });
    lane =
        new Lane(
            wiring.decoders(),
            wiring.tables(),
            wiring.flowsOfOneOf(lanes),
            flow -> {
              conversations.count(flow);
              batcher.onFlow(flow);
            },
            evidence,
            now -> {
              batcher.advance(now);
              clock.accept(this, now);
            });
    publish();
  }

  /** Where frames go. */
  public Lane lane() {
    return lane;
  }

  /** Flows that have ended so far. */
  public long flows() {
    return events.flows();
  }

  /** Flows judged an attack so far. */
  public long detections() {
    return events.detections();
  }

  /** Counts that a packet or the passing of time made the lane throw; returns how often by now. */
  public long failed() {
    return ++failures;
  }

  /** Ends and judges every flow. */
  void flush() {
    lane.flush();
    batcher.flush();
  }

  /** Lets other threads see the counters as they are now. */
  public void publish() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("decoder.packets", lane.packets());
    counters.put("decoder.bytes", lane.bytes());
    lane.results().forEach((result, count) -> counters.put("decoder." + result.key(), count));
    lane.encapsulations()
        .forEach((kind, count) -> counters.put("decoder.encapsulation." + kind.key(), count));
    lane.inner().forEach((reason, count) -> counters.put("decoder.tunnel." + reason.key(), count));
    FlowCounters flows = lane.table().counters();
    counters.put("flow.active", flows.active());
    counters.put("flow.created", flows.created());
    for (EndReason reason : EndReason.values()) {
      counters.put("flow.ended." + reason.key(), flows.ended().getOrDefault(reason, 0L));
    }
    counters.put("flow.conversations", conversations.ended());
    counters.put("flow.one_sided", conversations.oneSided());
    counters.put("scoring.batches", batcher.batches());
    counters.put("scoring.rows", batcher.rows());
    counters.put("scoring.ensemble_failures", scorer.ensembleFailures());
    counters.put("flow.reported", events.flows());
    counters.put("detections", events.detections());
    counters.put("lane_failures", failures);
    counters.putAll(evidence.counters());
    published = Collections.unmodifiableMap(counters);
  }

  /** Releases memory; the lane is not fed any more. */
  @Override
  public void close() {
    evidence.close();
  }

  /** The counters published last, in a stable order. */
  Map<String, Long> counters() {
    return published;
  }
}
