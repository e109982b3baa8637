package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;
import static io.caracal.api.packet.DecodeResult.UNKNOWN_LINK_TYPE;
import static io.caracal.capture.internal.decode.Bytes.int32;
import static io.caracal.capture.internal.decode.Bytes.uint16;
import static io.caracal.capture.internal.decode.Bytes.uint8;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketDecoder;
import io.caracal.api.packet.PacketHeaders;
import java.lang.foreign.MemorySegment;

/**
 * The link layer: finds the IP packet in a frame. A position, {@code at}, walks through the frame;
 * {@code end} is the first byte that was not captured.
 */
final class HeaderDecoder implements PacketDecoder {
  private static final int TYPE_IPV4 = 0x0800;
  private static final int TYPE_IPV6 = 0x86dd;
  private static final int TYPE_VLAN = 0x8100;
  private static final int TYPE_PROVIDER_VLAN = 0x88a8;
  private static final int TYPE_OLD_PROVIDER_VLAN = 0x9100;

  /** Below this, an Ethernet type is the length of an IEEE 802.2 frame. */
  private static final int FIRST_ETHERNET_TYPE = 0x0600;

  private static final int SNAP = 0xaaaa_0300;
  private static final int MAX_TAGS = 8;

  /** ARPHRD_NETLINK: cooked captures of kernel messages, whose protocol is no Ethernet type. */
  private static final int HARDWARE_NETLINK = 824;

  private final Ipv4Header ipv4;
  private final Ipv6Header ipv6;

  HeaderDecoder() {
    FragmentTable fragments = new FragmentTable();
    ipv4 = new Ipv4Header(fragments);
    ipv6 = new Ipv6Header(fragments);
  }

  @Override
  public DecodeResult decode(Frame frame, PacketHeaders into) {
    into.vlan = 0;
    into.encapsulation = Encapsulation.NONE;
    into.tunnelDepth = 0;
    into.tunnelId = 0;
    into.inner = DecodeResult.OK;
    long at = frame.offset;
    return switch (frame.linkType) {
      case 1 -> ethernet(frame, into, at);
      case 0, 108 -> loopback(frame, into, at);
      case 12, 14, 101 -> rawIp(frame, into, at);
      case 113 -> cooked(frame, into, at, 16, 14, 2);
      case 228 -> ipv4.decode(frame, into, at);
      case 229 -> ipv6.decode(frame, into, at);
      case 276 -> cooked(frame, into, at, 20, 0, 8);
      default -> UNKNOWN_LINK_TYPE;
    };
  }

  private DecodeResult ethernet(Frame frame, PacketHeaders into, long at) {
    if (frame.capturedLength < 14) {
      return TRUNCATED_LINK;
    }
    int type = uint16(frame.segment, at + 12);
    return type < FIRST_ETHERNET_TYPE
        ? snap(frame, into, at + 14)
        : network(frame, into, at + 14, type);
  }

  /** IEEE 802.2 with SNAP holds an Ethernet type again; other 802.2 frames hold no IP. */
  private DecodeResult snap(Frame frame, PacketHeaders into, long at) {
    if (end(frame) - at < 8) {
      return TRUNCATED_LINK;
    }
    boolean ethernetType = int32(frame.segment, at) == SNAP && uint16(frame.segment, at + 4) == 0;
    return ethernetType ? network(frame, into, at + 8, uint16(frame.segment, at + 6)) : NOT_IP;
  }

  /** BSD loopback: the address family, in the byte order of the capturing host. */
  private DecodeResult loopback(Frame frame, PacketHeaders into, long at) {
    if (frame.capturedLength < 4) {
      return TRUNCATED_LINK;
    }
    int family = int32(frame.segment, at);
    if ((family & 0xffff_0000) != 0) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> ipv4.decode(frame, into, at + 4);
      // AF_INET6 on Linux; NetBSD and OpenBSD; FreeBSD; macOS.
      case 10, 24, 28, 30 -> ipv6.decode(frame, into, at + 4);
      default -> NOT_IP;
    };
  }

  private DecodeResult rawIp(Frame frame, PacketHeaders into, long at) {
    if (frame.capturedLength < 1) {
      return TRUNCATED_IP;
    }
    return switch (uint8(frame.segment, at) >>> 4) {
      case 4 -> ipv4.decode(frame, into, at);
      case 6 -> ipv6.decode(frame, into, at);
      default -> NOT_IP;
    };
  }

  private DecodeResult cooked(
      Frame frame, PacketHeaders into, long at, int length, int typeAt, int hardwareAt) {
    if (frame.capturedLength < length) {
      return TRUNCATED_LINK;
    }
    if (uint16(frame.segment, at + hardwareAt) == HARDWARE_NETLINK) {
      return NOT_IP;
    }
    return network(frame, into, at + length, uint16(frame.segment, at + typeAt));
  }

  private DecodeResult network(Frame frame, PacketHeaders into, long start, int firstType) {
    MemorySegment segment = frame.segment;
    long at = start;
    int type = firstType;
    for (int tag = 0; tag <= MAX_TAGS; tag++) {
      switch (type) {
        case TYPE_IPV4 -> {
          return ipv4.decode(frame, into, at);
        }
        case TYPE_IPV6 -> {
          return ipv6.decode(frame, into, at);
        }
        case TYPE_VLAN, TYPE_PROVIDER_VLAN, TYPE_OLD_PROVIDER_VLAN -> {
          if (end(frame) - at < 4) {
            return TRUNCATED_LINK;
          }
          if (tag < 2) {
            into.vlan |= (uint16(segment, at) & 0xfff) << (12 * tag);
          }
          type = uint16(segment, at + 2);
          at += 4;
        }
        default -> {
          return NOT_IP;
        }
      }
    }
    return TOO_DEEP;
  }

  private static long end(Frame frame) {
    return frame.offset + frame.capturedLength;
  }
}
