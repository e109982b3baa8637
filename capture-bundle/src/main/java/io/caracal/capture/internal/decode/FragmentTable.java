package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.ORPHAN_FRAGMENT;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketHeaders;
import java.util.Arrays;

/**
 * Remembers to which ports the first fragment of a datagram went, since later fragments do not say.
 * Columns of fixed size: a datagram has one slot, given by its hash, and a newer first fragment
 * takes the slot over. So no flood of fragments grows it, and what a flood can do is to make other
 * fragments orphans, which are counted.
 */
final class FragmentTable {
  private static final int SLOTS = 4096;

  /** A receiver gives up on a datagram after this time (RFC 8200, section 4.5), in nanoseconds. */
  private static final long LIFETIME = 60_000_000_000L;

  private static final int EMPTY = -1;

  private final long[] sourceHigh = new long[SLOTS];
  private final long[] sourceLow = new long[SLOTS];
  private final long[] destinationHigh = new long[SLOTS];
  private final long[] destinationLow = new long[SLOTS];
  private final int[] identification = new int[SLOTS];

  /** VLAN ids in bits 8-31, the protocol that the IP header names in bits 0-7. */
  private final int[] protocolAndVlan = new int[SLOTS];

  private final long[] timeNanos = new long[SLOTS];

  /** Source port in the upper half, destination port in the lower. */
  private final int[] ports = new int[SLOTS];

  /** The protocol after all extension headers, {@link #EMPTY} in a slot never used. */
  private final int[] transport = new int[SLOTS];

  private final boolean[] oneWay = new boolean[SLOTS];

  FragmentTable() {
    Arrays.fill(transport, EMPTY);
  }

  /**
   * Keeps the ports of a first fragment.
   *
   * @param id the datagram's identification
   * @param protocol the protocol that every fragment of the datagram names
   * @param first the decoded first fragment
   */
  void remember(int id, int protocol, PacketHeaders first) {
    int slot = slot(id, protocol, first);
    sourceHigh[slot] = first.sourceHigh;
    sourceLow[slot] = first.sourceLow;
    destinationHigh[slot] = first.destinationHigh;
    destinationLow[slot] = first.destinationLow;
    identification[slot] = id;
    protocolAndVlan[slot] = protocol | first.vlan << 8;
    timeNanos[slot] = first.timeNanos;
    ports[slot] = first.sourcePort << 16 | first.destinationPort;
    transport[slot] = first.protocol;
    oneWay[slot] = first.oneWay;
  }

  /**
   * Gives a later fragment the ports of its datagram.
   *
   * @param id the datagram's identification
   * @param later holds the IP fields, and as protocol what the fragment names
   */
  DecodeResult attribute(int id, PacketHeaders later) {
    int slot = slot(id, later.protocol, later);
    boolean known =
        transport[slot] != EMPTY
            && identification[slot] == id
            && protocolAndVlan[slot] == (later.protocol | later.vlan << 8)
            && sourceLow[slot] == later.sourceLow
            && destinationLow[slot] == later.destinationLow
            && sourceHigh[slot] == later.sourceHigh
            && destinationHigh[slot] == later.destinationHigh
            && later.timeNanos - timeNanos[slot] <= LIFETIME;
    if (!known) {
      return ORPHAN_FRAGMENT;
    }
    Transport.clear(later);
    later.protocol = transport[slot];
    later.sourcePort = ports[slot] >>> 16;
    later.destinationPort = ports[slot] & 0xffff;
    later.oneWay = oneWay[slot];
    return OK;
  }

  private static int slot(int id, int protocol, PacketHeaders headers) {
    long hash = headers.sourceLow * 0x9e37_79b9_7f4a_7c15L + headers.destinationLow;
    hash = (hash ^ headers.sourceHigh) * 0xbf58_476d_1ce4_e5b9L + headers.destinationHigh;
    hash = (hash ^ (long) protocol << 32 ^ id) * 0x94d0_49bb_1331_11ebL;
    return (int) (hash >>> 52);
  }
}
