package io.caracal.feature.internal.flow;

import io.caracal.api.flow.PacketSequence;
import io.caracal.api.packet.PacketHeaders;
import java.util.Arrays;

/**
 * The first packets of a flow in two longs each: inter-arrival, and payload length, window, flags,
 * header length and direction packed. The array grows 4, 8, 16, 32: most flows are short.
 */
final class FirstPackets implements PacketSequence {
  private static final int LONGS = 2;
  private static final int FIRST_CAPACITY = 4;
  private static final int FLAGS_SHIFT = 16, HEADER_SHIFT = 24, FORWARD_SHIFT = 31;
  private static final int MAX_HEADER = 0x7f;

  private long[] packets = new long[FIRST_CAPACITY * LONGS];
  private int size;

  /** Remembers the packet if there is room. */
  void add(PacketHeaders packet, boolean forward, long interArrivalNanos) {
    if (size == CAPACITY) {
      return;
    }
    int at = size * LONGS;
    if (at == packets.length) {
      packets = Arrays.copyOf(packets, packets.length * 2);
    }
    int header = Math.min(packet.transportHeaderLength, MAX_HEADER);
    int details =
        (packet.tcpWindow & 0xffff)
            | ((packet.tcpFlags & 0xff) << FLAGS_SHIFT)
            | (header << HEADER_SHIFT)
            | (forward ? 1 << FORWARD_SHIFT : 0);
    packets[at] = interArrivalNanos;
    packets[at + 1] = ((long) packet.payloadLength << 32) | (details & 0xffff_ffffL);
    size++;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean forward(int index) {
    return details(index) < 0;
  }

  @Override
  public int payloadLength(int index) {
    return (int) (packets[index * LONGS + 1] >>> 32);
  }

  @Override
  public long interArrivalNanos(int index) {
    return packets[index * LONGS];
  }

  @Override
  public int tcpFlags(int index) {
    return (details(index) >>> FLAGS_SHIFT) & 0xff;
  }

  @Override
  public int tcpWindow(int index) {
    return details(index) & 0xffff;
  }

  @Override
  public int transportHeaderLength(int index) {
    return (details(index) >>> HEADER_SHIFT) & MAX_HEADER;
  }

  private int details(int index) {
    return (int) packets[index * LONGS + 1];
  }
}
