package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_IP;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A position that walks through a frame, layer by layer, and what the layers passed so far say of
 * the next one. Reads are in network byte order, at offsets from the position; the caller has asked
 * {@link #has} before.
 */
final class FrameReader {
  /** As {@link #type}: there is nothing more to look into. */
  static final int NOTHING = -1;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** The first byte of the next layer. */
  long at;

  /** The first byte that was not captured, or that belongs to the next fragment. */
  long end;

  /** The first byte after the frame or datagram that the next layer is part of. */
  long wireEnd;

  /** What the next layer is, one of {@link EtherType}. */
  int type;

  /** As {@link io.caracal.api.packet.PacketHeaders#vlan}, of the last Ethernet header. */
  int vlan;

  /** VLAN tags read since that header. */
  int tags;

  /** What the transport or IP header just read may carry. */
  Encapsulation carries = Encapsulation.NONE;

  /** As {@link io.caracal.api.packet.PacketHeaders#tunnelId}, of the last encapsulation. */
  int tunnelId;

  private MemorySegment segment = MemorySegment.NULL;

  void start(Frame frame) {
    // A reference is written only if it changes: that spares the collector's write barrier.
    if (segment != frame.segment) {
      segment = frame.segment;
    }
    if (carries != Encapsulation.NONE) {
      carries = Encapsulation.NONE;
    }
    at = frame.offset;
    end = at + frame.capturedLength;
    wireEnd = at + frame.wireLength;
    vlan = 0;
    tags = 0;
  }

  /** Whether this many bytes of the next layer were captured. */
  boolean has(int bytes) {
    return end - at >= bytes;
  }

  /** Steps over a header. */
  DecodeResult next(int headerLength, int nextType) {
    at += headerLength;
    type = nextType;
    return OK;
  }

  /** The next layer is IP of the version that it says itself. */
  DecodeResult nextIp() {
    if (!has(1)) {
      return TRUNCATED_IP;
    }
    return switch (uint8(0) >>> 4) {
      case 4 -> next(0, EtherType.IPV4);
      case 6 -> next(0, EtherType.IPV6);
      default -> NOT_IP;
    };
  }

  /** What looked like an encapsulation by its port is none, or carries no packet. */
  DecodeResult nothing() {
    return next(0, NOTHING);
  }

  /**
   * The header at the position, decoded already, may be followed by an encapsulation.
   *
   * @param headerLength its length
   * @param present bytes of the IP payload in this packet or fragment, that header included
   * @param whole bytes of the datagram, which may go on in other fragments
   */
  DecodeResult carry(Encapsulation kind, int headerLength, int present, int whole) {
    end = Math.min(end, at + present);
    wireEnd = at + whole;
    at += headerLength;
    carries = kind;
    return OK;
  }

  int uint8(int offset) {
    return segment.get(ValueLayout.JAVA_BYTE, at + offset) & 0xff;
  }

  int uint16(int offset) {
    return segment.get(SHORT, at + offset) & 0xffff;
  }

  int littleEndian16(int offset) {
    return Short.toUnsignedInt(Short.reverseBytes(segment.get(SHORT, at + offset)));
  }

  int littleEndian32(int offset) {
    return Integer.reverseBytes(segment.get(INT, at + offset));
  }

  int int32(int offset) {
    return segment.get(INT, at + offset);
  }

  long uint32(int offset) {
    return segment.get(INT, at + offset) & 0xffff_ffffL;
  }

  long int64(int offset) {
    return segment.get(LONG, at + offset);
  }
}
