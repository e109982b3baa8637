package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.SEQUENCE;
import static io.caracal.feature.internal.flow.FlowLayout.SEQUENCE_SIZE;

import io.caracal.api.flow.PacketSequence;
import io.caracal.api.packet.PacketHeaders;

/**
 * The first packets of a flow in blocks of eight, twelve bytes each: a long of inter-arrival (44
 * bits) and payload length (20 bits), an int of window, flags, header length and direction. A flow
 * knows its newest block, a block the one before it. One object reads all flows, one at a time.
 */
final class FirstPackets implements PacketSequence {
  static final int BLOCK = 104;

  static final int PER_BLOCK = 8;

  private static final int DETAILS = 64, BEFORE = 96;
  private static final int PAYLOAD_BITS = 20;
  private static final int MAX_PAYLOAD = (1 << PAYLOAD_BITS) - 1;
  private static final long MAX_INTER_ARRIVAL = (1L << (Long.SIZE - PAYLOAD_BITS)) - 1;
  private static final int FLAGS_SHIFT = 16, HEADER_SHIFT = 24, FORWARD_SHIFT = 31;
  private static final int MAX_HEADER = 0x7f;

  private final Memory flows;
  private final BlockPool pool;
  private final Memory blocks;
  private final long[] places = new long[CAPACITY / PER_BLOCK];
  private int size;

  FirstPackets(Memory flows, BlockPool pool) {
    this.flows = flows;
    this.pool = pool;
    blocks = pool.memory;
  }

  /** Remembers the packet if there is room. */
  void add(long flow, PacketHeaders packet, boolean forward, long interArrivalNanos) {
    int count = flows.getByte(flow + SEQUENCE_SIZE);
    if (count == CAPACITY) {
      return;
    }
    flows.putByte(flow + SEQUENCE_SIZE, count + 1);
    int index = count % PER_BLOCK;
    int block = index == 0 ? grow(flow) : flows.getInt(flow + SEQUENCE);
    long at = pool.at(block);
    int header = Math.min(packet.transportHeaderLength, MAX_HEADER);
    long payload = Math.min(packet.payloadLength, MAX_PAYLOAD);
    blocks.putLong(
        at + index * 8L,
        (Math.min(interArrivalNanos, MAX_INTER_ARRIVAL) << PAYLOAD_BITS) | payload);
    blocks.putInt(
        at + DETAILS + index * 4L,
        (packet.tcpWindow & 0xffff)
            | ((packet.tcpFlags & 0xff) << FLAGS_SHIFT)
            | (header << HEADER_SHIFT)
            | (forward ? 1 << FORWARD_SHIFT : 0));
  }

  private int grow(long flow) {
    int block = pool.take();
    blocks.putInt(pool.at(block) + BEFORE, flows.getInt(flow + SEQUENCE));
    flows.putInt(flow + SEQUENCE, block);
    return block;
  }

  /** Gives a flow's blocks back. */
  void release(long flow) {
    int block = flows.getInt(flow + SEQUENCE);
    while (block != 0) {
      int before = blocks.getInt(pool.at(block) + BEFORE);
      pool.give(block);
      block = before;
    }
    flows.putInt(flow + SEQUENCE, 0);
    flows.putByte(flow + SEQUENCE_SIZE, 0);
  }

  /** Moves to a flow. */
  FirstPackets at(long flow) {
    size = flows.getByte(flow + SEQUENCE_SIZE);
    int block = flows.getInt(flow + SEQUENCE);
    for (int place = (size - 1) / PER_BLOCK; block != 0; place--) {
      places[place] = pool.at(block);
      block = blocks.getInt(places[place] + BEFORE);
    }
    return this;
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
    return (int) times(index) & MAX_PAYLOAD;
  }

  @Override
  public long interArrivalNanos(int index) {
    return times(index) >>> PAYLOAD_BITS;
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

  private long times(int index) {
    return blocks.getLong(places[index / PER_BLOCK] + index % PER_BLOCK * 8L);
  }

  private int details(int index) {
    return blocks.getInt(places[index / PER_BLOCK] + DETAILS + index % PER_BLOCK * 4L);
  }
}
