package io.caracal.core.internal.lane;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowRecord;
import io.caracal.core.internal.evidence.Evidence;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One lane wired from frames to batches: everything that no other lane touches. Used by one thread;
 * others read the counters that it {@linkplain #publish publishes} now and then.
 */
public final class Pipeline implements AutoCloseable {
  private final Lane lane;
  private final Batcher batcher;
  private final Evidence evidence;
  private final Lanes lanes;
  private final Conversations conversations = new Conversations();
  private final EmergencyWatch emergencies = new EmergencyWatch();
  private long failures;
  private volatile Map<String, Long> published = Map.of();

  /**
   * Wires a lane.
   *
   * @param number which of the lanes this is
   * @param count how many lanes there are
   * @param deadline a batch is scored when its oldest flow has waited this long, in packet time
   * @param evidence this lane's, closed with it
   */
  Pipeline(
      Wiring wiring,
      int number,
      int count,
      Share share,
      Duration deadline,
      Stages stages,
      Evidence evidence,
      Lanes lanes) {
    this.evidence = evidence;
    this.lanes = lanes;
    batcher =
        new Batcher(
            number,
            wiring.settings().integer("batch.size", 256),
            deadline,
            stages,
            evidence,
            this::publishIfDue);
    lane =
        new Lane(
            wiring.decoders(),
            wiring.tables(),
            wiring.flowsOfOneOf(count),
            new Records(),
            share,
            evidence,
            batcher::advance);
    publish();
  }

  /** What the table hands out. */
  private final class Records implements FlowListener {
    @Override
    public void onStart(FlowRecord flow) {
      batcher.onStart(flow);
    }

    @Override
    public void onFlow(FlowRecord flow) {
      conversations.count(flow);
      batcher.onFlow(flow);
    }
  }

  /** Where frames go. */
  public Lane lane() {
    return lane;
  }

  /** Counts that a packet or the passing of time made the lane throw; returns how often by now. */
  public long failed() {
    return ++failures;
  }

  /**
   * Ends every flow and sees it judged: the next capture is of another time. Every lane does so, on
   * its own thread; none returns before the last.
   */
  public void end() {
    seeThrough();
    lanes.awaitEnd();
    lane.restartClock();
    batcher.begin();
  }

  /** The same when nothing comes any more; the other lanes may go on. */
  public void finish() {
    seeThrough();
    batcher.leave();
    lanes.leave();
  }

  private void seeThrough() {
    lane.handOver();
    batcher.flush();
    lane.flush();
    batcher.end();
    publish();
  }

  private void publishIfDue(long nanos) {
    if (nanos >= lanes.output().countersDue()) {
      publish();
    }
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
    counters.put("flow.emergencies", flows.emergencies());
    counters.put("flow.unsampled_packets", flows.unsampledPackets());
    counters.put("flow.unsampled_bytes", flows.unsampledBytes());
    emergencies.look(flows);
    counters.put("flow.conversations", conversations.ended());
    counters.put("flow.one_sided", conversations.oneSided());
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
