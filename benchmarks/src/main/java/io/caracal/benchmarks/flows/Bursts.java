package io.caracal.benchmarks.flows;

import io.caracal.api.flow.FlowTable;
import io.caracal.api.packet.PacketHeaders;

/** Headers that are filled one by one and handed to a table together. */
final class Bursts {
  private static final int SIZE = 64;

  private final FlowTable table;
  private final PacketHeaders[] packets = new PacketHeaders[SIZE];
  private int filled;

  Bursts(FlowTable table) {
    this.table = table;
    for (int i = 0; i < SIZE; i++) {
      packets[i] = new PacketHeaders();
    }
  }

  /** The headers to fill next. */
  PacketHeaders next() {
    return packets[filled];
  }

  /** They are filled. */
  void add() {
    if (++filled == SIZE) {
      handOver();
    }
  }

  /** Hands over what is filled. */
  void handOver() {
    table.accept(packets, filled);
    filled = 0;
  }
}
