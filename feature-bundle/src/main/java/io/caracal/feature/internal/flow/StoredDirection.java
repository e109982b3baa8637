package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.Side.*;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.packet.PacketHeaders;

/** Reads one direction of a flow; moved from flow to flow. */
final class StoredDirection implements DirectionRecord {
  private final FlowMemory flows;
  private final Memory memory;
  private long flow;
  private long side;

  StoredDirection(FlowMemory flows) {
    this.flows = flows;
    memory = flows.memory();
  }

  /** Moves to a direction. */
  void at(long newFlow, int offset) {
    flow = newFlow;
    side = newFlow + offset;
  }

  @Override
  public long packets() {
    return memory.getLong(side + PACKETS);
  }

  @Override
  public long startNanos() {
    return memory.getLong(side + START);
  }

  @Override
  public long lastNanos() {
    return memory.getLong(side + LAST);
  }

  @Override
  public int minIpLength() {
    return memory.getInt(side + MIN_IP_LENGTH);
  }

  @Override
  public int maxIpLength() {
    return memory.getInt(side + MAX_IP_LENGTH);
  }

  @Override
  public long ipBytes() {
    return memory.getLong(side + IP_BYTES);
  }

  @Override
  public long payloadBytes() {
    return memory.getLong(side + PAYLOAD_BYTES);
  }

  @Override
  public long payloadPackets() {
    return unsigned(PAYLOAD_PACKETS);
  }

  @Override
  public ExactMoments payloadLength() {
    return new ExactMoments(
        packets(),
        payloadBytes(),
        memory.getLong(side + PAYLOAD_SQUARES),
        memory.getInt(side + MIN_PAYLOAD),
        memory.getInt(side + MAX_PAYLOAD));
  }

  @Override
  public TimeMoments interArrival() {
    long gaps = Math.max(0, packets() - 1);
    long total = PacketTime.between(startNanos(), lastNanos());
    return TimeMoments.read(memory, side + INTER_ARRIVAL, gaps, total);
  }

  @Override
  public long flagCount(int bit) {
    return unsigned(
        switch (bit) {
          case PacketHeaders.FIN -> FIN_COUNT;
          case PacketHeaders.SYN -> SYN_COUNT;
          case PacketHeaders.RST -> RST_COUNT;
          case PacketHeaders.PSH -> PSH_COUNT;
          case PacketHeaders.ACK -> ACK_COUNT;
          case PacketHeaders.URG -> URG_COUNT;
          case PacketHeaders.ECE -> ECE_COUNT;
          case PacketHeaders.CWR -> CWR_COUNT;
          default ->
              throw new IllegalArgumentException(bit + " is not one TCP flag of PacketHeaders");
        });
  }

  @Override
  public long transportHeaderBytes() {
    return memory.getLong(side + HEADER_BYTES);
  }

  @Override
  public int minTransportHeader() {
    return memory.getByte(side + MIN_HEADER);
  }

  @Override
  public int initialWindow() {
    boolean seen = (memory.getByte(side + SEEN) & DirectionCounter.WINDOW_SEEN) != 0;
    return seen ? memory.getShort(side + INITIAL_WINDOW) : -1;
  }

  @Override
  public int maxWindow() {
    return memory.getShort(side + MAX_WINDOW);
  }

  @Override
  public int minTtl() {
    return memory.getByte(side + MIN_TTL);
  }

  @Override
  public int maxTtl() {
    return memory.getByte(side + MAX_TTL);
  }

  @Override
  public long retransmittedPackets() {
    return unsigned(RETRANSMITTED_PACKETS);
  }

  @Override
  public long retransmittedBytes() {
    return memory.getLong(side + RETRANSMITTED_BYTES);
  }

  @Override
  public long bulks() {
    return bulk(Bulks.COUNT);
  }

  @Override
  public long bulkPackets() {
    return bulk(Bulks.PACKETS);
  }

  @Override
  public long bulkBytes() {
    return bulk(Bulks.BYTES);
  }

  @Override
  public long bulkNanos() {
    return bulk(Bulks.NANOS);
  }

  private long bulk(int sum) {
    return flows.rare().getLong(flows.rareIfAny(flow) + Bulks.place(flow, side) + sum);
  }

  private long unsigned(int offset) {
    return Integer.toUnsignedLong(memory.getInt(side + offset));
  }
}
