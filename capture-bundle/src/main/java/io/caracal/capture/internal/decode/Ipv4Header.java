package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_IP;
import static io.caracal.capture.internal.decode.Bytes.uint16;
import static io.caracal.capture.internal.decode.Bytes.uint32;
import static io.caracal.capture.internal.decode.Bytes.uint8;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketHeaders;
import java.lang.foreign.MemorySegment;

/** IPv4, RFC 791. */
final class Ipv4Header {
  private static final int MIN_LENGTH = 20;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET = 0x1fff;

  private final FragmentTable fragments;

  Ipv4Header(FragmentTable fragments) {
    this.fragments = fragments;
  }

  DecodeResult decode(Frame frame, PacketHeaders into, long at) {
    MemorySegment segment = frame.segment;
    long end = frame.offset + frame.capturedLength;
    if (end - at < MIN_LENGTH) {
      return TRUNCATED_IP;
    }
    int first = uint8(segment, at);
    int headerLength = (first & 0xf) * 4;
    int length = uint16(segment, at + 2);
    if (length == 0) {
      // Segmentation offload: the card fills the length in later, and it may exceed 16 bits.
      length = (int) (frame.wireLength - (at - frame.offset));
    }
    if (first >>> 4 != 4 || headerLength < MIN_LENGTH || length < headerLength) {
      return BAD_IP;
    }
    if (end - at < headerLength) {
      return TRUNCATED_IP;
    }
    into.timeNanos = frame.timeNanos;
    into.ipv6 = false;
    into.sourceHigh = 0;
    into.sourceLow = uint32(segment, at + 12);
    into.destinationHigh = 0;
    into.destinationLow = uint32(segment, at + 16);
    into.protocol = uint8(segment, at + 9);
    into.ttl = uint8(segment, at + 8);
    into.ipLength = length;
    into.ipHeaderLength = headerLength;
    int fragment = uint16(segment, at + 6);
    into.fragment = (fragment & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
    if ((fragment & FRAGMENT_OFFSET) != 0) {
      return fragments.attribute(uint16(segment, at + 4), into);
    }
    int fragmentProtocol = into.protocol;
    DecodeResult result = Transport.decode(segment, at + headerLength, end, into);
    if (into.fragment && result == OK) {
      fragments.remember(uint16(segment, at + 4), fragmentProtocol, into);
    }
    return result;
  }
}
