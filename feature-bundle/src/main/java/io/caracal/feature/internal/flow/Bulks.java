package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.Side.RUN_BYTES;
import static io.caracal.feature.internal.flow.FlowLayout.Side.RUN_LAST;
import static io.caracal.feature.internal.flow.FlowLayout.Side.RUN_PACKETS;
import static io.caracal.feature.internal.flow.FlowLayout.Side.RUN_START;

/**
 * Bulk transfers of one direction as CICFlowMeter defines them: runs of at least four payload
 * packets, each at most a second after the one before, without payload from the other side. The run
 * stands in the direction, its sums in the block of what is rare.
 */
final class Bulks {
  static final int COUNT = 0, PACKETS = 8, BYTES = 16, NANOS = 24;

  private static final long MAX_GAP_NANOS = 1_000_000_000L;
  private static final int MIN_PACKETS = 4;

  private final FlowMemory flows;

  Bulks(FlowMemory flows) {
    this.flows = flows;
  }

  /**
   * Counts a packet that carries payload.
   *
   * @param flow where its flow stands
   * @param side where its direction stands
   */
  void add(long flow, long side, long timeNanos, int payload) {
    Memory memory = flows.memory();
    int run = memory.getInt(side + RUN_PACKETS);
    long gap = PacketTime.between(memory.getLong(side + RUN_LAST), timeNanos);
    if (run == 0 || gap > MAX_GAP_NANOS) {
      memory.putInt(side + RUN_PACKETS, 1);
      memory.putLong(side + RUN_LAST, timeNanos);
      memory.putLong(side + RUN_START, timeNanos);
      memory.putLong(side + RUN_BYTES, payload);
      return;
    }
    long last = Math.max(memory.getLong(side + RUN_LAST), timeNanos);
    memory.putLong(side + RUN_LAST, last);
    if (run == MIN_PACKETS) {
      grow(flow, side, 0, 1, payload, gap);
      return;
    }
    memory.putInt(side + RUN_PACKETS, run + 1);
    memory.addLong(side + RUN_BYTES, payload);
    if (run + 1 == MIN_PACKETS) {
      long nanos = PacketTime.between(memory.getLong(side + RUN_START), last);
      grow(flow, side, 1, MIN_PACKETS, memory.getLong(side + RUN_BYTES), nanos);
    }
  }

  private void grow(long flow, long side, int bulks, int packets, long bytes, long nanos) {
    long sums = flows.rareOf(flow) + place(flow, side);
    Memory rare = flows.rare();
    rare.addLong(sums + COUNT, bulks);
    rare.addLong(sums + PACKETS, packets);
    rare.addLong(sums + BYTES, bytes);
    rare.addLong(sums + NANOS, nanos);
  }

  /** Where a direction's sums stand in the block of what is rare. */
  static int place(long flow, long side) {
    return side - flow == FlowLayout.FORWARD
        ? FlowLayout.Rare.FORWARD_BULKS
        : FlowLayout.Rare.BACKWARD_BULKS;
  }

  /** The other side sent payload: the run is over. */
  void interrupt(long side) {
    Memory memory = flows.memory();
    if (memory.getInt(side + RUN_PACKETS) != 0) {
      memory.putInt(side + RUN_PACKETS, 0);
    }
  }
}
