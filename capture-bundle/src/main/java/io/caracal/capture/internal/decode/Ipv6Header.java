package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_IP;
import static io.caracal.capture.internal.decode.Bytes.int32;
import static io.caracal.capture.internal.decode.Bytes.int64;
import static io.caracal.capture.internal.decode.Bytes.uint16;
import static io.caracal.capture.internal.decode.Bytes.uint8;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.Frame;
import io.caracal.api.packet.PacketHeaders;
import java.lang.foreign.MemorySegment;

/** IPv6 with its chain of extension headers, RFC 8200. */
final class Ipv6Header {
  private static final int LENGTH = 40;
  private static final int MAX_EXTENSIONS = 16;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int NO_NEXT_HEADER = 59;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int MOBILITY = 135;
  private static final int HOST_IDENTITY = 139;
  private static final int SHIM6 = 140;

  private final FragmentTable fragments;

  Ipv6Header(FragmentTable fragments) {
    this.fragments = fragments;
  }

  DecodeResult decode(Frame frame, PacketHeaders into, long at) {
    MemorySegment segment = frame.segment;
    if (frame.offset + frame.capturedLength - at < LENGTH) {
      return TRUNCATED_IP;
    }
    int next = uint8(segment, at + 6);
    int length = LENGTH + uint16(segment, at + 4);
    if (length == LENGTH && next != NO_NEXT_HEADER) {
      // A jumbogram (RFC 2675) or segmentation offload: the frame knows better.
      length = (int) (frame.wireLength - (at - frame.offset));
    }
    if (uint8(segment, at) >>> 4 != 6 || length < LENGTH) {
      return BAD_IP;
    }
    into.timeNanos = frame.timeNanos;
    into.ipv6 = true;
    into.sourceHigh = int64(segment, at + 8);
    into.sourceLow = int64(segment, at + 16);
    into.destinationHigh = int64(segment, at + 24);
    into.destinationLow = int64(segment, at + 32);
    into.ttl = uint8(segment, at + 7);
    into.ipLength = length;
    into.fragment = false;
    return extensions(frame, into, at, next);
  }

  private DecodeResult extensions(Frame frame, PacketHeaders into, long start, int firstHeader) {
    MemorySegment segment = frame.segment;
    long end = frame.offset + frame.capturedLength;
    int next = firstHeader;
    int headerLength = LENGTH;
    int identification = 0;
    int fragmentProtocol = 0;
    for (int count = 0; count <= MAX_EXTENSIONS; count++) {
      long at = start + headerLength;
      if (!isExtension(next)) {
        into.protocol = next;
        into.ipHeaderLength = headerLength;
        DecodeResult result = Transport.decode(segment, at, end, into);
        if (into.fragment && result == OK) {
          fragments.remember(identification, fragmentProtocol, into);
        }
        return result;
      }
      if (headerLength + 8 > into.ipLength) {
        return BAD_IP;
      }
      if (end - at < 8) {
        return TRUNCATED_IP;
      }
      int extensionLength = extensionLength(next, uint8(segment, at + 1));
      boolean fragmentHeader = next == FRAGMENT;
      next = uint8(segment, at);
      headerLength += extensionLength;
      if (headerLength > into.ipLength) {
        return BAD_IP;
      }
      if (fragmentHeader) {
        int field = uint16(segment, at + 2);
        identification = int32(segment, at + 4);
        fragmentProtocol = next;
        into.fragment = (field & 0xfff9) != 0;
        if (field >>> 3 != 0) {
          into.protocol = next;
          into.ipHeaderLength = headerLength;
          return fragments.attribute(identification, into);
        }
      }
    }
    return TOO_DEEP;
  }

  private static boolean isExtension(int header) {
    return switch (header) {
      case HOP_BY_HOP,
          ROUTING,
          FRAGMENT,
          AUTHENTICATION,
          DESTINATION_OPTIONS,
          MOBILITY,
          HOST_IDENTITY,
          SHIM6 ->
          true;
      default -> false;
    };
  }

  private static int extensionLength(int header, int lengthField) {
    return switch (header) {
      case FRAGMENT -> 8;
      // RFC 4302: in units of 4 bytes, minus 2.
      case AUTHENTICATION -> (lengthField + 2) * 4;
      default -> (lengthField + 1) * 8;
    };
  }
}
