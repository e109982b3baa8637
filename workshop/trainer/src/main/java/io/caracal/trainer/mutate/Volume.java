package io.caracal.trainer.mutate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much a flow is, and when: what the columns of the truth say. */
final class Volume {
  private @Nullable Segment first;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private long timeSum;
  private final long[] packets = new long[2];
  private final long[] bytes = new long[2];

  static Volume of(List<Packet> packets) {
    Volume volume = new Volume();
    packets.forEach(packet -> volume.add(Segment.of(packet).orElseThrow()));
    return volume;
  }

  void add(Segment segment) {
    if (first == null) {
      first = segment;
    }
    boolean initiator =
        segment.sourcePort() == first.sourcePort() && segment.source().equals(first.source());
    int direction = initiator ? 0 : 1;
    packets[direction]++;
    bytes[direction] += segment.packet.wireLength;
    firstNanos = Math.min(firstNanos, segment.packet.timeNanos);
    lastNanos = Math.max(lastNanos, segment.packet.timeNanos);
    timeSum += segment.packet.timeNanos - firstNanos;
  }

  long firstNanos() {
    return firstNanos;
  }

  long lastNanos() {
    return lastNanos;
  }

  /** Packets of the initiator (0) or the responder (1). */
  long packets(int direction) {
    return packets[direction];
  }

  /** Bytes on the wire of the initiator (0) or the responder (1). */
  long bytes(int direction) {
    return bytes[direction];
  }

  boolean sameAs(Volume other) {
    return firstNanos == other.firstNanos
        && timeSum == other.timeSum
        && packets[0] == other.packets[0]
        && bytes[0] == other.bytes[0];
  }
}
