package io.caracal.alert.formats.internal;

import io.caracal.api.flow.FlowIdentity;

/** What the headers of a flow mean. */
final class Protocol {
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int SCTP = 132;
  private static final int VLAN_BITS = 12;
  private static final int VLAN_ID = (1 << VLAN_BITS) - 1;

  private Protocol() {}

  static boolean hasPorts(int protocol) {
    return protocol == TCP || protocol == UDP || protocol == SCTP;
  }

  static boolean isIcmp(int protocol) {
    return protocol == ICMP || protocol == ICMPV6;
  }

  /** The 802.1Q VLAN ids, the outer first; none without a tag. */
  static int[] vlans(FlowIdentity identity) {
    int outer = identity.vlan() & VLAN_ID;
    int inner = (identity.vlan() >>> VLAN_BITS) & VLAN_ID;
    if (identity.vlan() == 0) {
      return new int[0];
    }
    return inner == 0 ? new int[] {outer} : new int[] {outer, inner};
  }
}
