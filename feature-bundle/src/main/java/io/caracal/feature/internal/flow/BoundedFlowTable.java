package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.SYN;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.PacketHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The flow table. Open flows stand in a list in order of last activity, closed ones in order of
 * closing; so expiry and eviction look at list heads only, and records come in the same order on
 * every run.
 *
 * <p>The clock is the highest packet time seen. A flow's last activity is the clock at that moment,
 * not the packet's own time, so that packets out of order cannot disturb the list. A packet whose
 * own time is further from its flow's than the idle timeout, forwards or backwards, starts a new
 * flow.
 *
 * <p>Objects are made per flow (and while its first 32 packets arrive), never per packet after
 * that.
 */
final class BoundedFlowTable implements FlowTable {
  /** How long a flow that TCP has closed waits for trailing packets, in packet time. */
  static final long LINGER_NANOS = 1_000_000_000L;

  private static final long BEFORE_ALL = Long.MIN_VALUE;

  private final FlowLimits limits;
  private final CheckpointSchedule checkpoints;
  private final FlowListener listener;
  private final FlowIndex index;
  private final FlowList open = new FlowList();
  private final FlowList closed = new FlowList();
  private final long[] records = new long[EndReason.values().length];
  private final long firstId;
  private long clock = BEFORE_ALL;
  private long created;
  private int active;

  BoundedFlowTable(FlowSettings settings, FlowListener listener, long firstId) {
    limits = FlowLimits.of(settings);
    checkpoints = new CheckpointSchedule(settings);
    this.listener = listener;
    this.firstId = firstId;
    index = new FlowIndex(limits.maxFlows());
  }

  @Override
  public void accept(PacketHeaders packet, boolean truncated) {
    advance(packet.timeNanos);
    Flow flow = flowOf(packet);
    boolean wasOpen = flow.isOpen();
    flow.count(packet, truncated, limits.activityNanos());
    if (flow.packetCount() == 1) {
      listener.onStart(flow);
    }
    if (!wasOpen) {
      return;
    }
    FlowList.remove(flow);
    flow.listedAt = clock;
    if (!flow.isOpen()) {
      closed.addLast(flow);
      return;
    }
    open.addLast(flow);
    if (checkpoints.due(flow)) {
      flow.checkpointReached();
      handOut(flow);
    }
  }

  private Flow flowOf(PacketHeaders packet) {
    int hash = index.hash(packet);
    Flow known = index.find(packet, hash);
    if (known == null) {
      return start(new Flow(nextId(), packet, hash));
    }
    if (!known.isOpen() && opensConnection(packet)) {
      end(known, known.reason());
      return start(new Flow(nextId(), packet, hash));
    }
    if (farFrom(known, packet)) {
      end(known, EndReason.IDLE);
      return start(new Flow(nextId(), packet, hash));
    }
    if (known.isOpen()
        && PacketTime.between(known.startNanos(), packet.timeNanos) > limits.activeNanos()) {
      end(known, EndReason.ACTIVE);
      return start(new Flow(nextId(), packet, known));
    }
    return known;
  }

  private static boolean opensConnection(PacketHeaders packet) {
    return (packet.tcpFlags & (SYN | ACK)) == SYN;
  }

  private boolean farFrom(Flow flow, PacketHeaders packet) {
    long last = flow.lastNanos();
    return PacketTime.between(last, packet.timeNanos) > limits.idleNanos()
        || PacketTime.between(packet.timeNanos, last) > limits.idleNanos();
  }

  private long nextId() {
    return firstId + created;
  }

  private Flow start(Flow flow) {
    if (active == limits.maxFlows()) {
      evict();
    }
    created++;
    active++;
    index.add(flow);
    return flow;
  }

  /** A closed flow that merely lingers goes before one that may still be of use. */
  private void evict() {
    Flow victim = closed.first();
    if (victim == null) {
      victim = open.first();
    }
    if (victim != null) {
      end(victim, EndReason.EVICTED);
    }
  }

  @Override
  public void advance(long nowNanos) {
    clock = Math.max(clock, nowNanos);
    for (Flow due = mostOverdue(); due != null; due = mostOverdue()) {
      end(due, EndReason.IDLE);
    }
  }

  private @Nullable Flow mostOverdue() {
    Flow closing = closed.first();
    Flow quiet = open.first();
    long closingOverdue = closing == null ? 0 : overdue(closing, LINGER_NANOS);
    long quietOverdue = quiet == null ? 0 : overdue(quiet, limits.idleNanos());
    if (closingOverdue <= 0 && quietOverdue <= 0) {
      return null;
    }
    return closingOverdue >= quietOverdue ? closing : quiet;
  }

  private long overdue(Flow flow, long patienceNanos) {
    return PacketTime.between(flow.listedAt, clock) - patienceNanos;
  }

  @Override
  public void flush() {
    List<Flow> rest = new ArrayList<>(active);
    takeAll(open, rest);
    takeAll(closed, rest);
    rest.sort(Comparator.comparingLong(Flow::startNanos).thenComparingLong(Flow::flowId));
    for (Flow flow : rest) {
      end(flow, EndReason.END_OF_CAPTURE);
    }
    clock = BEFORE_ALL;
  }

  private static void takeAll(FlowList list, List<Flow> into) {
    for (Flow flow = list.first(); flow != null; flow = list.first()) {
      FlowList.remove(flow);
      into.add(flow);
    }
  }

  private void end(Flow flow, EndReason why) {
    FlowList.remove(flow);
    index.remove(flow);
    active--;
    flow.end(why);
    handOut(flow);
  }

  private void handOut(Flow record) {
    records[record.reason().ordinal()]++;
    record.listedAt = clock;
    listener.onFlow(record);
  }

  @Override
  public FlowCounters counters() {
    Map<EndReason, Long> ended = new EnumMap<>(EndReason.class);
    for (EndReason reason : EndReason.values()) {
      ended.put(reason, records[reason.ordinal()]);
    }
    return new FlowCounters(active, created, ended);
  }
}
