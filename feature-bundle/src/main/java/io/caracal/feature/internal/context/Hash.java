package io.caracal.feature.internal.context;

import io.caracal.api.flow.FlowIdentity;

/** Fixed 64-bit hashes of what flows have in common. */
public final class Hash {
  private static final long SERVICE = 0x3c79_ac49_2ba7_b653L;
  private static final long IPV6 = 0x1c69_b3f7_4ac4_ae35L;

  private Hash() {}

  /**
   * The initiator: an IPv4 address or the first 64 bits of an IPv6 address, since a host chooses
   * the others itself and often anew (RFC 8981).
   */
  public static long source(FlowIdentity who) {
    return who.ipv6() ? mix(who.sourceHigh() ^ IPV6) : mix(who.sourceLow());
  }

  /** The responder as it would be an initiator. */
  public static long responder(FlowIdentity who) {
    return who.ipv6() ? mix(who.destinationHigh() ^ IPV6) : mix(who.destinationLow());
  }

  /** The responder's whole address. */
  public static long destination(FlowIdentity who) {
    long low = mix(who.destinationLow());
    return who.ipv6() ? mix(low ^ who.destinationHigh() ^ IPV6) : low;
  }

  /** The responder's port and the protocol. */
  public static long service(FlowIdentity who) {
    return mix(SERVICE ^ who.destinationPort() << 8 ^ who.protocol());
  }

  /** Of two hashes; their order matters. */
  public static long of(long first, long second) {
    return mix(first * 31 ^ second);
  }

  /** Spreads every bit of a number over all 64: the finisher of SplitMix64. */
  public static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ mixed >>> 31;
  }
}
