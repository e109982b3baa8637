package io.caracal.capture.internal.decode;

/**
 * What follows a layer, as IEEE 802 numbers it. Everything that is not itself Ethernet says what it
 * carries by these numbers too, so that one loop follows whatever is nested in whatever.
 */
final class EtherType {
  /** Below this, the type of an Ethernet frame is the length of an IEEE 802.2 frame. */
  static final int FIRST = 0x0600;

  /** One of those: what follows is an IEEE 802.2 header. */
  static final int LLC = 0;

  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86dd;
  static final int ARP = 0x0806;
  static final int VLAN = 0x8100;
  static final int PROVIDER_VLAN = 0x88a8;
  static final int OLD_PROVIDER_VLAN = 0x9100;
  static final int OLDER_PROVIDER_VLAN = 0x9200;
  static final int MPLS = 0x8847;
  static final int MPLS_UPSTREAM = 0x8848;
  static final int PPP = 0x880b;
  static final int PPPOE_SESSION = 0x8864;

  /** Transparent Ethernet bridging: a whole Ethernet frame. */
  static final int ETHERNET = 0x6558;

  /** Provider backbone bridge: a service tag, then a whole Ethernet frame. */
  static final int BACKBONE = 0x88e7;

  /** IEEE 802.1BR, between a bridge and its port extenders. */
  static final int E_TAG = 0x893f;

  /** Cisco's predecessor of {@link #E_TAG}. */
  static final int VN_TAG = 0x8926;

  /** Cisco's metadata: the security group of the sender. */
  static final int METADATA = 0x8909;

  static final int FABRIC_PATH = 0x8903;
  static final int SERVICE_HEADER = 0x894f;

  /** Web Cache Communication Protocol, in GRE. */
  static final int WEB_CACHE = 0x883e;

  static final int ERSPAN = 0x88be;
  static final int ERSPAN_III = 0x22eb;

  /** A protocol without such a number; reserved in the registry. */
  static final int UNKNOWN = 0xffff;

  private EtherType() {}

  /** Whether a network carries much of this type, so that it is hardly there by chance. */
  static boolean isLikely(int type) {
    return switch (type) {
      case IPV4, IPV6, ARP, VLAN, PROVIDER_VLAN, MPLS, PPPOE_SESSION, ETHERNET -> true;
      default -> false;
    };
  }
}
