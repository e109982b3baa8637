package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.NOT_IP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_LINK;

import io.caracal.api.packet.DecodeResult;

/** IEEE 802.2, which holds IP either after SNAP (RFC 1042) or by a service access point. */
final class Llc {
  private static final int SNAP = 0xaaaa03;
  private static final int IP = 0x060603;

  /** Organisation codes after which an Ethernet type follows: RFC 1042, and IEEE 802.1H. */
  private static final int ENCAPSULATED_ETHERNET = 0, BRIDGE_TUNNEL = 0x0000f8;

  private Llc() {}

  static DecodeResult open(FrameReader reader) {
    if (!reader.has(8)) {
      return TRUNCATED_LINK;
    }
    int service = reader.int32(0) >>> 8;
    if (service == IP) {
      return reader.next(3, EtherType.IPV4);
    }
    int organisation = reader.int32(2) & 0xff_ffff;
    boolean ethernetType =
        service == SNAP && (organisation == ENCAPSULATED_ETHERNET || organisation == BRIDGE_TUNNEL);
    int type = reader.uint16(6);
    return ethernetType && type >= EtherType.FIRST ? reader.next(8, type) : NOT_IP;
  }
}
