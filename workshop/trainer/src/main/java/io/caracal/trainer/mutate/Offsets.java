package io.caracal.trainer.mutate;

import java.util.Optional;

/**
 * Where the headers of a TCP segment or UDP datagram over IPv4 or IPv6 lie in an Ethernet frame.
 *
 * @param ip first byte of the IP header
 * @param transport first byte of the TCP or UDP header
 * @param payload first byte after it
 * @param protocol {@link #TCP} or {@link #UDP}
 */
record Offsets(int ip, int transport, int payload, int protocol) {
  static final int TCP = 6;
  static final int UDP = 17;

  private static final int VLAN = 0x8100;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;

  /** Finds them; empty if it is something else, a fragment, or cut in its headers. */
  static Optional<Offsets> in(byte[] bytes) {
    int type = 12;
    while (type + 6 < bytes.length && u16(bytes, type) == VLAN) {
      type += 4;
    }
    int ip = type + 2;
    if (ip + 40 > bytes.length) {
      return Optional.empty();
    }
    if (u16(bytes, type) == IPV4 && bytes[ip] >> 4 == 4) {
      boolean fragment = (u16(bytes, ip + 6) & 0x3fff) != 0;
      return fragment ? Optional.empty() : of(bytes, ip, ip + 4 * (bytes[ip] & 15), bytes[ip + 9]);
    }
    return u16(bytes, type) == IPV6 ? of(bytes, ip, ip + 40, bytes[ip + 6]) : Optional.empty();
  }

  private static Optional<Offsets> of(byte[] bytes, int ip, int transport, int protocol) {
    int header =
        protocol == UDP
            ? 8
            : protocol == TCP && transport + 20 <= bytes.length
                ? 4 * ((bytes[transport + 12] & 0xff) >> 4)
                : 0;
    int payload = transport + header;
    return header >= 8 && payload <= bytes.length
        ? Optional.of(new Offsets(ip, transport, payload, protocol))
        : Optional.empty();
  }

  /** Where the checksum of TCP or UDP lies. */
  int checksum() {
    return transport + (protocol == TCP ? 16 : 6);
  }

  private static int u16(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
