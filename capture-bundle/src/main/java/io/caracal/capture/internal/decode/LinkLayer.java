package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;
import static io.caracal.api.packet.DecodeResult.UNKNOWN_LINK_TYPE;

import io.caracal.api.packet.DecodeResult;

/**
 * The outermost header of a frame, which the link type names.
 *
 * @see <a href="https://www.tcpdump.org/linktypes.html">Link-layer header types</a>
 */
final class LinkLayer {
  private static final int ETHERNET = 1;
  private static final int FDDI_LENGTH = 13;

  /** ARPHRD_NETLINK: cooked captures of kernel messages, whose protocol is no Ethernet type. */
  private static final int HARDWARE_NETLINK = 824;

  /** LINUX_SLL_P_802_2, the only protocol of a cooked header below all Ethernet types with IP. */
  private static final int COOKED_LLC = 4;

  private LinkLayer() {}

  static DecodeResult open(int linkType, FrameReader reader) {
    // Apart, so that the method which nearly every frame takes stays small enough to be inlined.
    return linkType == ETHERNET ? Ethernet.open(reader) : other(linkType, reader);
  }

  private static DecodeResult other(int linkType, FrameReader reader) {
    return switch (linkType) {
      case 0, 108 -> loopback(reader);
      case 9 -> Ppp.open(reader);
      case 10 -> reader.has(FDDI_LENGTH) ? reader.next(FDDI_LENGTH, EtherType.LLC) : TRUNCATED_LINK;
      case 12, 14, 101 -> reader.nextIp();
      case 50 -> Ppp.serial(reader);
      case 51 -> Ppp.session(reader);
      case 104 -> Ppp.cisco(reader);
      case 105 -> WirelessLan.open(reader);
      case 107 -> FrameRelay.open(reader);
      case 113 -> cooked(reader, 16, 14, 2);
      case 127 -> WirelessLan.radiotap(reader);
      case Wrapper.PER_PACKET_INFORMATION -> Wrapper.perPacketInformation(reader);
      case 228 -> reader.next(0, EtherType.IPV4);
      case 229 -> reader.next(0, EtherType.IPV6);
      case 239 -> NetfilterLog.open(reader);
      case Wrapper.PACKET_TAP -> Wrapper.packetTap(reader);
      case 276 -> cooked(reader, 20, 0, 8);
      default -> UNKNOWN_LINK_TYPE;
    };
  }

  /** BSD loopback: the address family, in the byte order of the capturing host. */
  private static DecodeResult loopback(FrameReader reader) {
    if (!reader.has(4)) {
      return TRUNCATED_LINK;
    }
    int family = reader.int32(0);
    if ((family & 0xffff_0000) != 0) {
      family = Integer.reverseBytes(family);
    }
    return switch (family) {
      case 2 -> reader.next(4, EtherType.IPV4);
      // AF_INET6 on Linux; NetBSD and OpenBSD; FreeBSD; macOS.
      case 10, 24, 28, 30 -> reader.next(4, EtherType.IPV6);
      default -> NOT_IP;
    };
  }

  private static DecodeResult cooked(FrameReader reader, int length, int typeAt, int hardwareAt) {
    if (!reader.has(length)) {
      return TRUNCATED_LINK;
    }
    int type = reader.uint16(typeAt);
    if (reader.uint16(hardwareAt) == HARDWARE_NETLINK
        || (type < EtherType.FIRST && type != COOKED_LLC)) {
      return NOT_IP;
    }
    return reader.next(length, type);
  }
}
