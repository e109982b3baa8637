package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_TRANSPORT;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_TRANSPORT;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.PacketHeaders;

/**
 * TCP, UDP, ICMP, ICMPv6 and SCTP headers. Lengths are those the IP header promises, so the padding
 * of a short Ethernet frame counts for nothing. Only the fixed part of a header must have been
 * captured: TCP options hold nothing that is read, and a snapshot length often cuts them.
 */
final class Transport {
  private static final int IP_IN_IP = 4, IPV6_IN_IP = 41, GRE = 47, SCTP = 132;
  private static final int TCP_LENGTH = 20;
  private static final int UDP_LENGTH = 8;
  private static final int ICMP_LENGTH = 8;
  private static final int SCTP_LENGTH = 12;

  private Transport() {}

  /**
   * Decodes what follows the IP headers.
   *
   * @param reader stands after the IP headers
   * @param into holds the IP fields already
   */
  static DecodeResult decode(FrameReader reader, PacketHeaders into) {
    int promised = into.ipLength - into.ipHeaderLength;
    if (into.protocol == PacketHeaders.TCP) {
      return tcp(reader, promised, into);
    }
    clear(into);
    return switch (into.protocol) {
      case PacketHeaders.UDP -> udp(reader, promised, into);
      case PacketHeaders.ICMP -> icmp(reader, promised, IcmpExchange.V4, into);
      case PacketHeaders.ICMPV6 -> icmp(reader, promised, IcmpExchange.V6, into);
      case SCTP -> sctp(reader, promised, into);
      case IP_IN_IP -> reader.carry(Encapsulation.IP_IN_IP, 0, promised, promised);
      case IPV6_IN_IP -> reader.carry(Encapsulation.IPV6_IN_IP, 0, promised, promised);
      case GRE -> reader.carry(Encapsulation.GRE, 0, promised, promised);
      default -> OK;
    };
  }

  /** Forgets what an application said in the packet before, or in a tunnel's outer packet. */
  static void clearApplication(PacketHeaders into) {
    into.dnsQueryId = 0;
    into.dnsQueryType = 0;
    into.dnsAnswerTtl = 0;
    into.dnsResponseCode = -1;
    into.ftpReplyCode = 0;
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

  private static DecodeResult tcp(FrameReader reader, int promised, PacketHeaders into) {
    if (promised < TCP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (!reader.has(TCP_LENGTH)) {
      return TRUNCATED_TRANSPORT;
    }
    long ports = reader.int64(0);
    long flags = reader.int64(8);
    int headerLength = ((int) flags >>> 28) * 4;
    if (headerLength < TCP_LENGTH || (headerLength > promised && !into.fragment)) {
      return BAD_TRANSPORT;
    }
    // The options of a fragmented segment may lie in the next fragment.
    headerLength = Math.min(headerLength, promised);
    into.sourcePort = (int) (ports >>> 48);
    into.destinationPort = (int) (ports >>> 32) & 0xffff;
    into.oneWay = false;
    into.tcpSequence = ports & 0xffff_ffffL;
    into.tcpAcknowledgment = flags >>> 32;
    into.tcpFlags = (int) flags >>> 16 & 0xff;
    into.tcpWindow = (int) flags & 0xffff;
    into.transportHeaderLength = headerLength;
    into.payloadLength = promised - headerLength;
    if (into.sourcePort == Ftp.PORT) {
      Ftp.peek(reader, headerLength, readable(reader, promised), into);
    }
    return OK;
  }

  /** The part of the transport header and its payload that was captured, in bytes. */
  private static int readable(FrameReader reader, int promised) {
    return (int) Math.min(promised, reader.end - reader.at);
  }

  private static DecodeResult udp(FrameReader reader, int promised, PacketHeaders into) {
    if (promised < UDP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (!reader.has(UDP_LENGTH)) {
      return TRUNCATED_TRANSPORT;
    }
    long header = reader.int64(0);
    int length = (int) header >>> 16;
    // Zero stands for a jumbogram or for segmentation offload.
    if (length != 0 && length < UDP_LENGTH) {
      return BAD_TRANSPORT;
    }
    into.sourcePort = (int) (header >>> 48);
    into.destinationPort = (int) (header >>> 32) & 0xffff;
    into.transportHeaderLength = UDP_LENGTH;
    into.payloadLength = promised - UDP_LENGTH;
    if (into.sourcePort == Dns.PORT || into.destinationPort == Dns.PORT) {
      Dns.peek(reader, UDP_LENGTH, readable(reader, promised), into);
    }
    Encapsulation carried = Tunnels.byPort(into.sourcePort, into.destinationPort);
    return carried == Encapsulation.NONE ? OK : carry(reader, carried, length, promised, into);
  }

  private static DecodeResult carry(
      FrameReader reader, Encapsulation kind, int length, int promised, PacketHeaders into) {
    boolean fits = length != 0 && (length <= promised || into.fragment);
    return reader.carry(kind, UDP_LENGTH, promised, fits ? length : promised);
  }

  private static DecodeResult icmp(
      FrameReader reader, int promised, IcmpExchange exchange, PacketHeaders into) {
    if (promised < ICMP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (!reader.has(ICMP_LENGTH)) {
      return TRUNCATED_TRANSPORT;
    }
    int type = reader.uint8(0);
    int counterpart = exchange.counterpart(type);
    into.oneWay = counterpart == IcmpExchange.NONE;
    into.sourcePort = type;
    into.destinationPort = into.oneWay ? reader.uint8(1) : counterpart;
    into.transportHeaderLength = ICMP_LENGTH;
    into.payloadLength = promised - ICMP_LENGTH;
    return OK;
  }

  private static DecodeResult sctp(FrameReader reader, int promised, PacketHeaders into) {
    if (promised < SCTP_LENGTH) {
      return BAD_TRANSPORT;
    }
    if (!reader.has(SCTP_LENGTH)) {
      return TRUNCATED_TRANSPORT;
    }
    into.sourcePort = reader.uint16(0);
    into.destinationPort = reader.uint16(2);
    return OK;
  }
}
