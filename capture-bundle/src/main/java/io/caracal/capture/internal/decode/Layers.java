package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketHeaders;

/** Follows everything between a link layer and IP: tags, labels, and frames within frames. */
final class Layers {
  private static final int MAX_LAYERS = 8;

  private final Ipv4Header ipv4;
  private final Ipv6Header ipv6;

  Layers(FragmentTable fragments) {
    ipv4 = new Ipv4Header(fragments);
    ipv6 = new Ipv6Header(fragments);
  }

  DecodeResult decode(FrameReader reader, PacketHeaders into) {
    // No loop on the way that most packets take: the compiler keeps what it read in registers.
    return reader.type == EtherType.IPV4 ? ipv4.decode(reader, into) : follow(reader, into);
  }

  private DecodeResult follow(FrameReader reader, PacketHeaders into) {
    for (int layer = 0; layer <= MAX_LAYERS; layer++) {
      if (reader.type == EtherType.IPV4) {
        return ipv4.decode(reader, into);
      }
      if (reader.type == EtherType.IPV6) {
        return ipv6.decode(reader, into);
      }
      DecodeResult result = open(reader);
      if (result != OK) {
        return result;
      }
    }
    return TOO_DEEP;
  }

  private static DecodeResult open(FrameReader reader) {
    return switch (reader.type) {
      case EtherType.VLAN,
          EtherType.PROVIDER_VLAN,
          EtherType.OLD_PROVIDER_VLAN,
          EtherType.OLDER_PROVIDER_VLAN ->
          Ethernet.tag(reader);
      case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> Mpls.open(reader);
      case EtherType.PPPOE_SESSION -> Ppp.session(reader);
      case EtherType.PPP -> Ppp.open(reader);
      case EtherType.ETHERNET -> Ethernet.inside(reader);
      case EtherType.SERVICE_HEADER -> ServiceHeader.open(reader);
      case EtherType.BACKBONE -> over(reader, 4);
      case EtherType.FABRIC_PATH -> over(reader, 2);
      case EtherType.VN_TAG -> typed(reader, 6);
      case EtherType.E_TAG, EtherType.METADATA -> typed(reader, 8);
      default -> reader.type < EtherType.FIRST ? Llc.open(reader) : NOT_IP;
    };
  }

  /** A tag before a whole Ethernet frame. */
  private static DecodeResult over(FrameReader reader, int length) {
    return reader.has(length) ? reader.next(length, EtherType.ETHERNET) : TRUNCATED_LINK;
  }

  /** A tag of which the last two bytes are the next type. */
  private static DecodeResult typed(FrameReader reader, int length) {
    return reader.has(length) ? reader.next(length, reader.uint16(length - 2)) : TRUNCATED_LINK;
  }
}
