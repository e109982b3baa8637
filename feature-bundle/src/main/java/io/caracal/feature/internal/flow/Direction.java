package io.caracal.feature.internal.flow;

import io.caracal.api.flow.DirectionRecord;
import io.caracal.api.flow.Moments;
import io.caracal.api.packet.PacketHeaders;
import org.jspecify.annotations.Nullable;

/** Counts the packets of one direction of a flow. */
final class Direction implements DirectionRecord {
  private long startNanos;
  private long lastNanos;
  private int minIpLength;
  private int maxIpLength;
  private long packets;
  private long ipBytes;
  private long payloadBytes;
  private long payloadSquares;
  private long payloadPackets;
  private long headerBytes;
  private int minPayload;
  private int maxPayload;
  private int minHeader;
  private short minTtl;
  private short maxTtl;
  private int initialWindow = -1;
  private int maxWindow;
  // Unsigned: room for 4 G packets in one record.
  private int fin, syn, rst, psh, ack, urg, ece, cwr;
  private boolean sequenceKnown;
  private int sequenceEnd;
  private int retransmittedPackets;
  private long retransmittedBytes;
  private @Nullable RunningMoments interArrival;
  private @Nullable Bulks bulks;

  Direction() {}

  /** Starts anew within a connection whose sequence numbers go on. */
  Direction(Direction predecessor) {
    sequenceKnown = predecessor.sequenceKnown;
    sequenceEnd = predecessor.sequenceEnd;
  }

  void count(PacketHeaders packet) {
    countTime(packet.timeNanos);
    countLengths(packet);
    if (packet.protocol == PacketHeaders.TCP && packet.transportHeaderLength > 0) {
      countTcp(packet);
    }
  }

  private void countTime(long timeNanos) {
    if (packets == 0) {
      startNanos = timeNanos;
      lastNanos = timeNanos;
      return;
    }
    if (interArrival == null) {
      interArrival = new RunningMoments();
    }
    interArrival.add(PacketTime.between(lastNanos, timeNanos));
    lastNanos = Math.max(lastNanos, timeNanos);
  }

  private void countLengths(PacketHeaders packet) {
    int payload = packet.payloadLength;
    int header = packet.transportHeaderLength;
    boolean first = packets == 0;
    packets++;
    ipBytes += packet.ipLength;
    minIpLength = first ? packet.ipLength : Math.min(minIpLength, packet.ipLength);
    maxIpLength = Math.max(maxIpLength, packet.ipLength);
    headerBytes += header;
    payloadBytes += payload;
    payloadSquares += (long) payload * payload;
    minPayload = first ? payload : Math.min(minPayload, payload);
    maxPayload = Math.max(maxPayload, payload);
    minTtl = (short) (first ? packet.ttl : Math.min(minTtl, packet.ttl));
    maxTtl = (short) Math.max(maxTtl, packet.ttl);
    if (header > 0) {
      minHeader = minHeader == 0 ? header : Math.min(minHeader, header);
    }
    if (payload > 0) {
      payloadPackets++;
      if (bulks == null) {
        bulks = new Bulks();
      }
      bulks.add(packet.timeNanos, payload);
    }
  }

  private void countTcp(PacketHeaders packet) {
    int flags = packet.tcpFlags;
    fin += flags & 1;
    syn += (flags >> 1) & 1;
    rst += (flags >> 2) & 1;
    psh += (flags >> 3) & 1;
    ack += (flags >> 4) & 1;
    urg += (flags >> 5) & 1;
    ece += (flags >> 6) & 1;
    cwr += (flags >> 7) & 1;
    if (initialWindow < 0) {
      initialWindow = packet.tcpWindow;
    }
    maxWindow = Math.max(maxWindow, packet.tcpWindow);
    if ((flags & PacketHeaders.RST) == 0) {
      countSequence(packet);
    }
  }

  /**
   * A segment is a retransmission if it ends at or before the highest end seen. A single byte at
   * that very end is a keep-alive. RST is left out: its sequence number may be anything.
   */
  private void countSequence(PacketHeaders packet) {
    int flags = packet.tcpFlags;
    int payload = packet.payloadLength;
    int end = (int) packet.tcpSequence + payload + ((flags >> 1) & 1) + (flags & 1);
    int ahead = end - sequenceEnd;
    if (!sequenceKnown || ahead > 0) {
      sequenceKnown = true;
      sequenceEnd = end;
    } else if (payload > 1 || (payload == 1 && ahead < 0)) {
      retransmittedPackets++;
      retransmittedBytes += payload;
    }
  }

  /** The other side sent payload. */
  void interruptBulk() {
    if (bulks != null) {
      bulks.interrupt();
    }
  }

  @Override
  public long packets() {
    return packets;
  }

  @Override
  public long startNanos() {
    return startNanos;
  }

  @Override
  public long lastNanos() {
    return lastNanos;
  }

  @Override
  public int minIpLength() {
    return minIpLength;
  }

  @Override
  public int maxIpLength() {
    return maxIpLength;
  }

  @Override
  public long ipBytes() {
    return ipBytes;
  }

  @Override
  public long payloadBytes() {
    return payloadBytes;
  }

  @Override
  public long payloadPackets() {
    return payloadPackets;
  }

  @Override
  public ExactMoments payloadLength() {
    return new ExactMoments(packets, payloadBytes, payloadSquares, minPayload, maxPayload);
  }

  @Override
  public Moments interArrival() {
    return interArrival == null ? ExactMoments.NONE : interArrival;
  }

  @Override
  public long flagCount(int bit) {
    return switch (bit) {
      case PacketHeaders.FIN -> Integer.toUnsignedLong(fin);
      case PacketHeaders.SYN -> Integer.toUnsignedLong(syn);
      case PacketHeaders.RST -> Integer.toUnsignedLong(rst);
      case PacketHeaders.PSH -> Integer.toUnsignedLong(psh);
      case PacketHeaders.ACK -> Integer.toUnsignedLong(ack);
      case PacketHeaders.URG -> Integer.toUnsignedLong(urg);
      case PacketHeaders.ECE -> Integer.toUnsignedLong(ece);
      case PacketHeaders.CWR -> Integer.toUnsignedLong(cwr);
      default -> throw new IllegalArgumentException(bit + " is not one TCP flag of PacketHeaders");
    };
  }

  @Override
  public long transportHeaderBytes() {
    return headerBytes;
  }

  @Override
  public int minTransportHeader() {
    return minHeader;
  }

  @Override
  public int initialWindow() {
    return initialWindow;
  }

  @Override
  public int maxWindow() {
    return maxWindow;
  }

  @Override
  public int minTtl() {
    return minTtl;
  }

  @Override
  public int maxTtl() {
    return maxTtl;
  }

  @Override
  public long retransmittedPackets() {
    return retransmittedPackets;
  }

  @Override
  public long retransmittedBytes() {
    return retransmittedBytes;
  }

  @Override
  public long bulks() {
    return bulks == null ? 0 : bulks.count();
  }

  @Override
  public long bulkPackets() {
    return bulks == null ? 0 : bulks.packets();
  }

  @Override
  public long bulkBytes() {
    return bulks == null ? 0 : bulks.bytes();
  }

  @Override
  public long bulkNanos() {
    return bulks == null ? 0 : bulks.nanos();
  }
}
