package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.BAD_IP;
import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.TOO_DEEP;
import static io.caracal.api.packet.DecodeResult.TRUNCATED_IP;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketHeaders;

/** IPv6 with its chain of extension headers, RFC 8200. */
final class Ipv6Header {
  static final int LENGTH = 40;
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

  /** In the first 64 bits of a fragment header. */
  private static final long OFFSET = 0xfff8L << 32, OFFSET_AND_MORE = 0xfff9L << 32;

  private final FragmentTable fragments;

  Ipv6Header(FragmentTable fragments) {
    this.fragments = fragments;
  }

  DecodeResult decode(FrameReader reader, PacketHeaders into) {
    if (!reader.has(LENGTH)) {
      return TRUNCATED_IP;
    }
    // Few wide reads, each of which is checked against the segment, instead of many narrow ones.
    long first = reader.int64(0);
    int next = (int) (first >>> 8) & 0xff;
    int length = LENGTH + ((int) (first >>> 16) & 0xffff);
    if (length == LENGTH && next != NO_NEXT_HEADER) {
      // A jumbogram (RFC 2675) or segmentation offload: the frame knows better.
      length = (int) (reader.wireEnd - reader.at);
    }
    if (first >>> 60 != 6 || length < LENGTH) {
      return BAD_IP;
    }
    into.vlan = reader.vlan;
    into.ipv6 = true;
    into.sourceHigh = reader.int64(8);
    into.sourceLow = reader.int64(16);
    into.destinationHigh = reader.int64(24);
    into.destinationLow = reader.int64(32);
    into.protocol = next;
    into.ttl = (int) first & 0xff;
    into.ipLength = length;
    into.ipHeaderLength = LENGTH;
    into.fragment = false;
    reader.at += LENGTH;
    return isExtension(next) ? extensions(reader, into) : Transport.decode(reader, into);
  }

  /** Passes over the extension headers, of which {@code into} holds the first one's number. */
  private DecodeResult extensions(FrameReader reader, PacketHeaders into) {
    int identification = 0;
    int fragmentProtocol = 0;
    for (int count = 0; count < MAX_EXTENSIONS; count++) {
      if (into.ipHeaderLength + 8 > into.ipLength) {
        return BAD_IP;
      }
      if (!reader.has(8)) {
        return TRUNCATED_IP;
      }
      long header = reader.int64(0);
      int kind = into.protocol;
      int length = extensionLength(kind, (int) (header >>> 48) & 0xff);
      into.protocol = (int) (header >>> 56);
      into.ipHeaderLength += length;
      if (into.ipHeaderLength > into.ipLength) {
        return BAD_IP;
      }
      reader.at += length;
      if (kind == FRAGMENT) {
        identification = (int) header;
        fragmentProtocol = into.protocol;
        into.fragment = (header & OFFSET_AND_MORE) != 0;
        if ((header & OFFSET) != 0) {
          return fragments.attribute(identification, into);
        }
      }
      if (!isExtension(into.protocol)) {
        DecodeResult result = Transport.decode(reader, into);
        if (into.fragment && result == OK) {
          fragments.remember(identification, fragmentProtocol, into);
        }
        return result;
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
