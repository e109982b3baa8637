package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.CHECKPOINTS;
import static io.caracal.feature.internal.flow.FlowLayout.CHECKPOINT_AT;
import static io.caracal.feature.internal.flow.FlowLayout.LAST;
import static io.caracal.feature.internal.flow.FlowLayout.PACKETS;

import io.caracal.api.flow.FlowSettings;
import java.util.List;

/** When an open flow is judged: at given packet counts, and at intervals after the last of them. */
final class CheckpointSchedule {
  private final int[] packetCounts;
  private final long intervalNanos;

  CheckpointSchedule(FlowSettings settings) {
    packetCounts = ascending(settings.checkpointPackets());
    intervalNanos = FlowLimits.nanos("checkpointInterval", settings.checkpointInterval());
  }

  private static int[] ascending(List<Integer> packetCounts) {
    for (int packets : packetCounts) {
      if (packets < 1) {
        throw new IllegalArgumentException(
            "checkpointPackets holds " + packets + ", but a flow has at least 1 packet");
      }
    }
    return packetCounts.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
  }

  /** Whether the packet just counted makes a flow due; if so, its record is the next checkpoint. */
  boolean reached(Memory memory, long flow) {
    int passed = memory.getInt(flow + CHECKPOINTS);
    boolean due =
        passed < packetCounts.length
            ? memory.getLong(flow + PACKETS) >= packetCounts[passed]
            : PacketTime.between(memory.getLong(flow + CHECKPOINT_AT), memory.getLong(flow + LAST))
                >= intervalNanos;
    if (due) {
      memory.putInt(flow + CHECKPOINTS, passed + 1);
      memory.putLong(flow + CHECKPOINT_AT, memory.getLong(flow + LAST));
    }
    return due;
  }
}
