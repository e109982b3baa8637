package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static io.caracal.feature.internal.flow.FlowLayout.ACTIVE_AT;
import static io.caracal.feature.internal.flow.FlowLayout.ID;
import static io.caracal.feature.internal.flow.FlowLayout.LAST;
import static io.caracal.feature.internal.flow.FlowLayout.PACKETS;
import static io.caracal.feature.internal.flow.FlowLayout.START;

import io.caracal.api.flow.EndReason;
import io.caracal.api.flow.FlowCounters;
import io.caracal.api.flow.FlowListener;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.PacketHeaders;
import java.util.EnumMap;
import java.util.Map;

/**
 * The flow table. Flows stand in slots outside the heap; a packet writes into its flow's slot and
 * nowhere else, and no object is made for a packet or a flow.
 *
 * <p>The clock is the highest packet time seen. A flow's last activity is the clock at that moment,
 * not the packet's own time, so that packets out of order cannot disturb the order of expiry. A
 * packet whose own time is further from its flow's than the idle timeout, forwards or backwards,
 * starts a new flow.
 */
final class BoundedFlowTable implements FlowTable {
  private static final long BEFORE_ALL = Long.MIN_VALUE;
  private static final int RELIEF = 8;

  private final FlowLimits limits;
  private final CheckpointSchedule checkpoints;
  private final FlowListener listener;
  private final FlowMemory flows;
  private final Memory memory;
  private final FlowKey key;
  private final FlowIndex index;
  private final FlowState state;
  private final FlowCounter counter;
  private final Expiry expiry;
  private final Emergency emergency;
  private final StoredFlow record;
  private final Burst burst;
  private final long[] records = new long[EndReason.values().length];
  private long clock = BEFORE_ALL;
  private long created;
  private int active;

  BoundedFlowTable(FlowSettings settings, FlowListener listener, long firstId) {
    limits = FlowLimits.of(settings);
    checkpoints = new CheckpointSchedule(settings);
    this.listener = listener;
    flows = new FlowMemory(limits.maxFlows());
    memory = flows.memory();
    key = new FlowKey(memory, settings.key());
    index = new FlowIndex(limits.maxFlows(), flows, key);
    state = new FlowState(memory);
    counter = new FlowCounter(flows, key, state, limits.activityNanos());
    expiry = new Expiry(flows, limits.idleNanos());
    emergency = new Emergency(limits);
    burst = new Burst(this, flows, index);
    record = new StoredFlow(flows, key, state, firstId);
  }

  @Override
  public void accept(PacketHeaders packet, boolean truncated) {
    accept(packet, truncated, index.hash(packet));
  }

  @Override
  public void accept(PacketHeaders[] packets, int count) {
    burst.accept(packets, count);
  }

  void accept(PacketHeaders packet, boolean truncated, int hash) {
    advance(packet.timeNanos);
    relieve();
    int slot = slotOf(packet, hash);
    if (slot == 0) {
      return;
    }
    long flow = flows.at(slot);
    boolean wasOpen = state.isOpen(flow);
    counter.count(flow, packet, truncated);
    boolean isNew = memory.getLong(flow + PACKETS) == 1 && !state.continued(flow);
    if (wasOpen) {
      memory.putLong(flow + ACTIVE_AT, clock);
      schedule(slot, isNew);
    }
    if (isNew) {
      listener.onStart(record.at(flow, clock));
    }
    if (state.isOpen(flow) && checkpoints.reached(memory, flow)) {
      handOut(flow, clock);
    }
  }

  private void schedule(int slot, boolean isNew) {
    if (!state.isOpen(flows.at(slot))) {
      expiry.close(slot);
    } else if (isNew) {
      expiry.addNew(slot);
    } else {
      expiry.active(slot);
    }
  }

  /** A few at a time, so that no packet waits while a table full of such flows is emptied. */
  private void relieve() {
    for (int i = 0; i < RELIEF && emergency.isOn(); i++) {
      int slot = expiry.oldestNew();
      if (slot == 0 || !emergency.isOver(expiry.activeAt(slot), clock)) {
        return;
      }
      end(slot, EndReason.IDLE);
    }
  }

  /** The slot of the packet's flow, 0 if it starts none. */
  private int slotOf(PacketHeaders packet, int hash) {
    int slot = index.find(packet, hash);
    if (slot == 0) {
      boolean admitted =
          !emergency.isOn() || emergency.admits(packet, index.openHash(packet), clock);
      return admitted ? start(packet, hash) : 0;
    }
    long flow = flows.at(slot);
    boolean open = state.isOpen(flow);
    if ((!open && opensConnection(packet)) || isOver(flow, packet)) {
      end(slot, EndReason.IDLE);
      return start(packet, hash);
    }
    if (open
        && PacketTime.between(memory.getLong(flow + START), packet.timeNanos)
            > limits.activeNanos()) {
      goOn(slot, flow);
    }
    return slot;
  }

  private static boolean opensConnection(PacketHeaders packet) {
    return (packet.tcpFlags & (SYN | ACK)) == SYN;
  }

  /** The wheel may hand a silent flow out a little late: until then it takes no packet any more. */
  private boolean isOver(long flow, PacketHeaders packet) {
    long last = memory.getLong(flow + LAST);
    return PacketTime.between(last, packet.timeNanos) > limits.idleNanos()
        || PacketTime.between(packet.timeNanos, last) > limits.idleNanos()
        || isSilent(flow);
  }

  private boolean isSilent(long flow) {
    return PacketTime.between(memory.getLong(flow + ACTIVE_AT), clock) > limits.idleNanos();
  }

  private int start(PacketHeaders packet, int hash) {
    if (active == limits.maxFlows()) {
      end(expiry.leastMissed(), EndReason.EVICTED);
    }
    int slot = flows.take();
    key.write(flows.at(slot), packet);
    memory.putLong(flows.at(slot) + ID, created++);
    index.add(slot, hash);
    active++;
    emergency.update(active, clock);
    return slot;
  }

  /** Hands a flow out after its active timeout; its connection goes on under a new number. */
  private void goOn(int slot, long flow) {
    expiry.remove(slot);
    state.end(flow, EndReason.ACTIVE);
    boolean done = false;
    try {
      handOut(flow, clock);
      done = true;
    } finally {
      if (!done) {
        release(slot);
      }
    }
    counter.restart(flow);
    memory.putLong(flow + ID, created++);
  }

  @Override
  public void advance(long nowNanos) {
    if (nowNanos <= clock) {
      return;
    }
    long before = clock;
    clock = nowNanos;
    for (int due = expiry.due(clock); due != 0; due = expiry.due(clock)) {
      end(due, EndReason.IDLE, Math.max(before, expiry.dueAt()));
    }
  }

  @Override
  public void flush() {
    for (int slot : EndOrder.of(flows, expiry, active)) {
      end(slot, EndReason.END_OF_CAPTURE);
    }
    clock = BEFORE_ALL;
  }

  private void end(int slot, EndReason why) {
    end(slot, why, clock);
  }

  /** Ends a flow; one that TCP has closed keeps its reason. */
  private void end(int slot, EndReason why, long writtenNanos) {
    long flow = flows.at(slot);
    expiry.remove(slot);
    state.end(flow, isSilent(flow) ? EndReason.IDLE : why);
    try {
      handOut(flow, writtenNanos);
    } finally {
      release(slot);
    }
  }

  private void release(int slot) {
    index.remove(slot);
    flows.give(slot);
    active--;
    emergency.update(active, clock);
  }

  private void handOut(long flow, long writtenNanos) {
    records[state.reason(flow).ordinal()]++;
    listener.onFlow(record.at(flow, writtenNanos));
  }

  @Override
  public FlowCounters counters() {
    Map<EndReason, Long> ended = new EnumMap<>(EndReason.class);
    for (EndReason reason : EndReason.values()) {
      ended.put(reason, records[reason.ordinal()]);
    }
    return new FlowCounters(
        active,
        created,
        ended,
        emergency.emergencies(),
        emergency.isOn(),
        emergency.packets(),
        emergency.bytes());
  }
}
