package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.BACKWARD;
import static io.caracal.feature.internal.flow.FlowLayout.FORWARD;
import static io.caracal.feature.internal.flow.FlowLayout.SIZES;
import static io.caracal.feature.internal.flow.FlowLayout.SOURCE_LOW;
import static io.caracal.feature.internal.flow.FlowLayout.START;

import io.caracal.api.packet.PacketHeaders;

/**
 * Counts packets that came together: first reads the memory that each of them needs, then counts
 * one after the other. With many flows nearly every packet waits for memory several times; so the
 * waits of different packets overlap. What is read ahead decides nothing: the flow of a packet may
 * end, or begin, on the way.
 */
final class Burst {
  private static final int MOST = 64;
  private static final int LINE = 64;

  private final BoundedFlowTable table;
  private final Memory memory;
  private final FlowMemory flows;
  private final FlowIndex index;
  private final int[] hashes = new int[MOST];
  private final long[] likely = new long[MOST];

  /** Takes what was read ahead, so that the reads are not optimised away. */
  private long touched;

  Burst(BoundedFlowTable table, FlowMemory flows, FlowIndex index) {
    this.table = table;
    this.flows = flows;
    this.index = index;
    memory = flows.memory();
  }

  void accept(PacketHeaders[] packets, int count) {
    RuntimeException failure = null;
    for (int from = 0; from < count; from += MOST) {
      int size = Math.min(MOST, count - from);
      readAhead(packets, from, size);
      for (int i = 0; i < size; i++) {
        PacketHeaders packet = packets[from + i];
        try {
          table.accept(packet, packet.truncated, hashes[i]);
        } catch (RuntimeException e) {
          failure = failure == null ? e : failure;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void readAhead(PacketHeaders[] packets, int from, int size) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      hashes[i] = index.hash(packets[from + i]);
    }
    for (int i = 0; i < size; i++) {
      likely[i] = flows.at(index.likely(hashes[i]));
    }
    for (int i = 0; i < size; i++) {
      sum += memory.getLong(likely[i] + SOURCE_LOW) + memory.getLong(likely[i] + START);
    }
    for (int i = 0; i < size; i++) {
      long flow = likely[i];
      boolean forward = memory.getLong(flow + SOURCE_LOW) == packets[from + i].sourceLow;
      long side = flow + (forward ? FORWARD : BACKWARD);
      sum += memory.getLong(flow + SIZES) + memory.getLong(side) + memory.getLong(side + LINE);
    }
    touched += sum;
  }

  /** Changes whenever memory was read ahead that is not zero. */
  long touched() {
    return touched;
  }
}
