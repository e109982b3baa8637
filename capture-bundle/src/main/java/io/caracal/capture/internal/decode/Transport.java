package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_TRANSPORT;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TRANSPORT;
import static io.caracal.capture.internal.decode.Bytes.uint16;
import static io.caracal.capture.internal.decode.Bytes.uint32;
import static io.caracal.capture.internal.decode.Bytes.uint8;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketHeaders;
import java.lang.foreign.MemorySegment;

/**
 * TCP, UDP, ICMP, ICMPv6 and SCTP headers. Lengths are those the IP header promises, so the padding
 * of a short Ethernet frame counts for nothing. Only the fixed part of a header must have been
 * captured: TCP options hold nothing that is read, and a snapshot length often cuts them.
 */
final class Transport {
  private static final int SCTP = 132;
  private static final int TCP_LENGTH = 20;
  private static final int UDP_LENGTH = 8;
  private static final int ICMP_LENGTH = 8;
  private static final int SCTP_LENGTH = 12;

  private Transport() {}

  /**
   * Decodes what follows the IP headers.
   *
   * @param at first byte after the IP headers
   * @param end first byte that was not captured
   * @param into holds the IP fields already
   */
  static DecodeResult decode(MemorySegment segment, long at, long end, PacketHeaders into) {
    clear(into);
    int promised = into.ipLength - into.ipHeaderLength;
    return switch (into.protocol) {
      case PacketHeaders.TCP -> tcp(segment, at, end - at, promised, into);
      case PacketHeaders.UDP -> udp(segment, at, end - at, promised, into);
      case PacketHeaders.ICMP -> icmp(segment, at, end - at, promised, IcmpExchange.V4, into);
      case PacketHeaders.ICMPV6 -> icmp(segment, at, end - at, promised, IcmpExchange.V6, into);
      case SCTP -> sctp(segment, at, end - at, promised, into);
      default -> OK;
    };
  }

  /** What a packet without a transport header of its own says: nothing but its length. */
  static void clear(PacketHeaders into) {
    into.sourcePort = 0;
    into.destinationPort = 0;
    into.oneWay = false;
    into.transportHeaderLength = 0;
    into.payloadLength = into.ipLength - into.ipHeaderLength;
    into.tcpFlags = 0;
    into.tcpWindow = 0;
    into.tcpSequence = 0;
    into.tcpAcknowledgment = 0;
  }

  private static DecodeResult tcp(
      MemorySegment segment, long at, long captured, int promised, PacketHeaders into) {
    if (promised < TCP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (captured < TCP_LENGTH) {
      return TRUNCATED_TRANSPORT;
    }
    int headerLength = (uint8(segment, at + 12) >>> 4) * 4;
    if (headerLength < TCP_LENGTH || (headerLength > promised && !into.fragment)) {
      return BAD_TRANSPORT;
    }
    // The options of a fragmented segment may lie in the next fragment.
    headerLength = Math.min(headerLength, promised);
    ports(segment, at, into);
    into.tcpSequence = uint32(segment, at + 4);
    into.tcpAcknowledgment = uint32(segment, at + 8);
    into.tcpFlags = uint8(segment, at + 13);
    into.tcpWindow = uint16(segment, at + 14);
    into.transportHeaderLength = headerLength;
    into.payloadLength = promised - headerLength;
    return OK;
  }

  private static DecodeResult udp(
      MemorySegment segment, long at, long captured, int promised, PacketHeaders into) {
    if (promised < UDP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (captured < UDP_LENGTH) {
      return TRUNCATED_TRANSPORT;
    }
    int length = uint16(segment, at + 4);
    // Zero stands for a jumbogram or for segmentation offload.
    if (length != 0 && length < UDP_LENGTH) {
      return BAD_TRANSPORT;
    }
    ports(segment, at, into);
    into.transportHeaderLength = UDP_LENGTH;
    into.payloadLength = promised - UDP_LENGTH;
    return OK;
  }

  private static DecodeResult icmp(
      MemorySegment segment,
      long at,
      long captured,
      int promised,
      IcmpExchange exchange,
      PacketHeaders into) {
    if (promised < ICMP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (captured < ICMP_LENGTH) {
      return TRUNCATED_TRANSPORT;
    }
    int type = uint8(segment, at);
    int counterpart = exchange.counterpart(type);
    into.oneWay = counterpart == IcmpExchange.NONE;
    into.sourcePort = type;
    into.destinationPort = into.oneWay ? uint8(segment, at + 1) : counterpart;
    into.transportHeaderLength = ICMP_LENGTH;
    into.payloadLength = promised - ICMP_LENGTH;
    return OK;
  }

  private static DecodeResult sctp(
      MemorySegment segment, long at, long captured, int promised, PacketHeaders into) {
    if (promised < SCTP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (captured < SCTP_LENGTH) {
      return TRUNCATED_TRANSPORT;
    }
    ports(segment, at, into);
    return OK;
  }

  private static void ports(MemorySegment segment, long at, PacketHeaders into) {
    into.sourcePort = uint16(segment, at);
    into.destinationPort = uint16(segment, at + 2);
  }
}
