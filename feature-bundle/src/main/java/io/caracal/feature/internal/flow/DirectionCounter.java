package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.Side.*;

import io.caracal.api.packet.PacketHeaders;

/** Counts packets into one direction of a flow. */
final class DirectionCounter {
  static final int WINDOW_SEEN = 1, SEQUENCE_SEEN = 2;

  private static final int RARE_FLAGS =
      PacketHeaders.FIN
          | PacketHeaders.SYN
          | PacketHeaders.RST
          | PacketHeaders.URG
          | PacketHeaders.ECE
          | PacketHeaders.CWR;
  private static final int BYTE = 0xff;

  private final Memory memory;

  DirectionCounter(Memory memory) {
    this.memory = memory;
  }

  /**
   * Counts a packet.
   *
   * @param side where its direction stands
   */
  void count(long side, PacketHeaders packet) {
    long packets = memory.getLong(side + PACKETS);
    memory.putLong(side + PACKETS, packets + 1);
    if (packets == 0) {
      start(side, packet);
    } else {
      countTime(side, packet.timeNanos, packets);
      extremes(side, packet);
    }
    int payload = packet.payloadLength;
    int header = packet.transportHeaderLength;
    memory.addLong(side + IP_BYTES, packet.ipLength);
    if (payload > 0) {
      memory.addLong(side + PAYLOAD_BYTES, payload);
      memory.addLong(side + PAYLOAD_SQUARES, (long) payload * payload);
      memory.addInt(side + PAYLOAD_PACKETS, 1);
    }
    if (header > 0) {
      memory.addLong(side + HEADER_BYTES, header);
      int least = memory.getByte(side + MIN_HEADER);
      if (least == 0 || header < least) {
        memory.putByte(side + MIN_HEADER, Math.min(header, BYTE));
      }
      if (packet.protocol == PacketHeaders.TCP) {
        countTcp(side, packet);
      }
    }
  }

  private void start(long side, PacketHeaders packet) {
    memory.putLong(side + START, packet.timeNanos);
    memory.putLong(side + LAST, packet.timeNanos);
    memory.putInt(side + MIN_PAYLOAD, packet.payloadLength);
    memory.putInt(side + MAX_PAYLOAD, packet.payloadLength);
    memory.putInt(side + MIN_IP_LENGTH, packet.ipLength);
    memory.putInt(side + MAX_IP_LENGTH, packet.ipLength);
    memory.putByte(side + MIN_TTL, packet.ttl);
    memory.putByte(side + MAX_TTL, packet.ttl);
  }

  /** The sum of all times between packets is the time from the first to the last. */
  private void countTime(long side, long timeNanos, long gaps) {
    long last = memory.getLong(side + LAST);
    long gap = PacketTime.between(last, timeNanos);
    if (timeNanos > last) {
      last = timeNanos;
      memory.putLong(side + LAST, timeNanos);
    }
    long total = PacketTime.between(memory.getLong(side + START), last);
    TimeMoments.add(memory, side + INTER_ARRIVAL, gap, gaps, total);
  }

  private void extremes(long side, PacketHeaders packet) {
    int payload = packet.payloadLength;
    if (payload < memory.getInt(side + MIN_PAYLOAD)) {
      memory.putInt(side + MIN_PAYLOAD, payload);
    } else if (payload > memory.getInt(side + MAX_PAYLOAD)) {
      memory.putInt(side + MAX_PAYLOAD, payload);
    }
    int length = packet.ipLength;
    if (length < memory.getInt(side + MIN_IP_LENGTH)) {
      memory.putInt(side + MIN_IP_LENGTH, length);
    } else if (length > memory.getInt(side + MAX_IP_LENGTH)) {
      memory.putInt(side + MAX_IP_LENGTH, length);
    }
    int ttl = packet.ttl;
    if (ttl < memory.getByte(side + MIN_TTL)) {
      memory.putByte(side + MIN_TTL, ttl);
    } else if (ttl > memory.getByte(side + MAX_TTL)) {
      memory.putByte(side + MAX_TTL, ttl);
    }
  }

  private void countTcp(long side, PacketHeaders packet) {
    int flags = packet.tcpFlags;
    memory.addInt(side + ACK_COUNT, (flags >> 4) & 1);
    memory.addInt(side + PSH_COUNT, (flags >> 3) & 1);
    if ((flags & RARE_FLAGS) != 0) {
      memory.addInt(side + FIN_COUNT, flags & 1);
      memory.addInt(side + SYN_COUNT, (flags >> 1) & 1);
      memory.addInt(side + RST_COUNT, (flags >> 2) & 1);
      memory.addInt(side + URG_COUNT, (flags >> 5) & 1);
      memory.addInt(side + ECE_COUNT, (flags >> 6) & 1);
      memory.addInt(side + CWR_COUNT, (flags >> 7) & 1);
    }
    int seen = memory.getByte(side + SEEN);
    if ((seen & WINDOW_SEEN) == 0) {
      seen |= WINDOW_SEEN;
      memory.putByte(side + SEEN, seen);
      memory.putShort(side + INITIAL_WINDOW, packet.tcpWindow);
    }
    if (packet.tcpWindow > memory.getShort(side + MAX_WINDOW)) {
      memory.putShort(side + MAX_WINDOW, packet.tcpWindow);
    }
    if ((flags & PacketHeaders.RST) == 0) {
      countSequence(side, packet, seen);
    }
  }

  /**
   * A segment is a retransmission if it ends at or before the highest end seen. A single byte at
   * that very end is a keep-alive. RST is left out: its sequence number may be anything.
   */
  private void countSequence(long side, PacketHeaders packet, int seen) {
    int flags = packet.tcpFlags;
    int payload = packet.payloadLength;
    int end = (int) packet.tcpSequence + payload + ((flags >> 1) & 1) + (flags & 1);
    int ahead = end - memory.getInt(side + SEQUENCE_END);
    if ((seen & SEQUENCE_SEEN) == 0) {
      memory.putByte(side + SEEN, seen | SEQUENCE_SEEN);
      memory.putInt(side + SEQUENCE_END, end);
    } else if (ahead > 0) {
      memory.putInt(side + SEQUENCE_END, end);
    } else if (payload > 1 || (payload == 1 && ahead < 0)) {
      memory.addInt(side + RETRANSMITTED_PACKETS, 1);
      memory.addLong(side + RETRANSMITTED_BYTES, payload);
    }
  }

  /** Where the sequence numbers of a direction are: they go on in the record that follows. */
  long sequence(long side) {
    return ((long) (memory.getByte(side + SEEN) & SEQUENCE_SEEN) << Integer.SIZE)
        | (memory.getInt(side + SEQUENCE_END) & 0xffff_ffffL);
  }

  void resumeSequence(long side, long sequence) {
    memory.putByte(side + SEEN, (int) (sequence >>> Integer.SIZE));
    memory.putInt(side + SEQUENCE_END, (int) sequence);
  }
}
