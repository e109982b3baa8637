package io.caracal.api.packet;

import java.util.Locale;

/** Ways to carry a packet inside an IP packet. */
public enum Encapsulation {
  /** The packet is not encapsulated. */
  NONE,
  /** Generic Routing Encapsulation, RFC 2784 and 2890; also its version 1 for PPTP, RFC 2637. */
  GRE,
  /** A mirrored frame in GRE, types I to III. */
  ERSPAN,
  /** RFC 7348. */
  VXLAN,
  /** RFC 8926. */
  GENEVE,
  /** IPv4 in IPv4 or IPv6, RFC 2003 and 2473. */
  IP_IN_IP,
  /** IPv6 in IPv4 or IPv6, RFC 4213 and 2473. */
  IPV6_IN_IP,
  /** User plane of mobile networks, 3GPP TS 29.281. */
  GTP_U,
  /** IPv6 in UDP through NATs, RFC 4380. */
  TEREDO;

  private final String key = name().toLowerCase(Locale.ROOT);

  /**
   * The name used in events and summaries.
   *
   * @return for example {@code gtp_u}
   */
  public String key() {
    return key;
  }
}
