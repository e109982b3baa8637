package io.caracal.feature.internal.flow;

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

  /** Whether the packet just counted makes a flow due. */
  boolean due(Flow flow) {
    int passed = flow.checkpoint();
    return passed < packetCounts.length
        ? flow.packetCount() >= packetCounts[passed]
        : PacketTime.between(flow.checkpointNanos(), flow.lastNanos()) >= intervalNanos;
  }
}
