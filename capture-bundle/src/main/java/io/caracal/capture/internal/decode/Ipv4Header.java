package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_IP;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketHeaders;

/** IPv4, RFC 791. */
final class Ipv4Header {
  static final int MIN_LENGTH = 20;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET = 0x1fff;

  private final FragmentTable fragments;

  Ipv4Header(FragmentTable fragments) {
    this.fragments = fragments;
  }

  DecodeResult decode(FrameReader reader, PacketHeaders into) {
    if (!reader.has(MIN_LENGTH)) {
      return TRUNCATED_IP;
    }
    // Few wide reads, each of which is checked against the segment, instead of many narrow ones.
    long lengths = reader.int64(0);
    long addresses = reader.int64(8);
    int headerLength = (int) (lengths >>> 56 & 0xf) * 4;
    int length = (int) (lengths >>> 32) & 0xffff;
    if (length == 0) {
      // Segmentation offload: the card fills the length in later, and it may exceed 16 bits.
      length = (int) (reader.wireEnd - reader.at);
    }
    if (lengths >>> 60 != 4 || headerLength < MIN_LENGTH || length < headerLength) {
      return BAD_IP;
    }
    if (!reader.has(headerLength)) {
      return TRUNCATED_IP;
    }
    into.vlan = reader.vlan;
    into.ipv6 = false;
    into.sourceHigh = 0;
    into.sourceLow = addresses & 0xffff_ffffL;
    into.destinationHigh = 0;
    into.destinationLow = reader.uint32(16);
    into.protocol = (int) (addresses >>> 48) & 0xff;
    into.ttl = (int) (addresses >>> 56);
    into.ipLength = length;
    into.ipHeaderLength = headerLength;
    into.fragment = (lengths & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
    reader.at += headerLength;
    return into.fragment ? fragment(reader, into, (int) lengths) : Transport.decode(reader, into);
  }

  /**
   * One part of a datagram.
   *
   * @param field identification, flags and offset
   */
  private DecodeResult fragment(FrameReader reader, PacketHeaders into, int field) {
    int identification = field >>> 16;
    if ((field & FRAGMENT_OFFSET) != 0) {
      return fragments.attribute(identification, into);
    }
    int protocol = into.protocol;
    DecodeResult result = Transport.decode(reader, into);
    if (result == OK) {
      fragments.remember(identification, protocol, into);
    }
    return result;
  }
}
