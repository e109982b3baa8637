package io.caracal.capture.internal.decode;

import static io.caracal.api.packet.DecodeResult.OK;
import static io.caracal.api.packet.DecodeResult.ORPHAN_FRAGMENT;

import io.caracal.api.packet.DecodeResult;
import io.caracal.api.packet.PacketHeaders;
import java.util.Arrays;

/**
 * Remembers to which flow the first fragment of a datagram belongs, since later fragments do not
 * say: they lack the ports, and with an encapsulation the addresses too. A datagram has one slot of
 * a fixed number, given by its hash, and a newer first fragment takes the slot over. So no flood of
 * fragments grows it, and what a flood can do is to make other fragments orphans, which are
 * counted.
 */
final class FragmentTable {
  private static final int SLOTS = 4096;

  /** A receiver gives up on a datagram after this time (RFC 8200, section 4.5), in nanoseconds. */
  private static final long LIFETIME = 60_000_000_000L;

  /** By what the fragments of a datagram know each other, and the flow of the first one. */
  private static final class Slot {
    boolean used;
    int identification;
    int protocol;
    int vlan;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    long timeNanos;
    final PacketHeaders flow = new PacketHeaders();
  }

  private final Slot[] slots = new Slot[SLOTS];
  private int last;

  FragmentTable() {
    Arrays.setAll(slots, i -> new Slot());
  }

  /**
   * Keeps the flow of a first fragment.
   *
   * @param id the datagram's identification
   * @param protocol the protocol that every fragment of the datagram names
   * @param first the decoded first fragment
   */
  void remember(int id, int protocol, PacketHeaders first) {
    last = slot(id, protocol, first);
    Slot slot = slots[last];
    slot.used = true;
    slot.identification = id;
    slot.protocol = protocol;
    slot.vlan = first.vlan;
    slot.sourceHigh = first.sourceHigh;
    slot.sourceLow = first.sourceLow;
    slot.destinationHigh = first.destinationHigh;
    slot.destinationLow = first.destinationLow;
    slot.timeNanos = first.timeNanos;
    copyFlow(first, slot.flow);
  }

  /** The slot of the first fragment remembered last. */
  int last() {
    return last;
  }

  /** The first fragment in a slot carries a packet of another flow than its own. */
  void forward(int slot, PacketHeaders carried) {
    copyFlow(carried, slots[slot].flow);
  }

  /**
   * Gives a later fragment the flow of its datagram. Its lengths stay its own.
   *
   * @param id the datagram's identification
   * @param later holds the IP fields, and as protocol what the fragment names
   */
  DecodeResult attribute(int id, PacketHeaders later) {
    Slot slot = slots[slot(id, later.protocol, later)];
    boolean known =
        slot.used
            && slot.identification == id
            && slot.protocol == later.protocol
            && slot.vlan == later.vlan
            && slot.sourceLow == later.sourceLow
            && slot.destinationLow == later.destinationLow
            && slot.sourceHigh == later.sourceHigh
            && slot.destinationHigh == later.destinationHigh
            && later.timeNanos - slot.timeNanos <= LIFETIME;
    if (!known) {
      return ORPHAN_FRAGMENT;
    }
    Transport.clear(later);
    if (slot.flow.ipv6 != later.ipv6) {
      // It counts with the header that a packet of its flow has at least.
      later.ipHeaderLength = slot.flow.ipv6 ? Ipv6Header.LENGTH : Ipv4Header.MIN_LENGTH;
      later.ipLength = later.ipHeaderLength + later.payloadLength;
    }
    copyFlow(slot.flow, later);
    return OK;
  }

  private static void copyFlow(PacketHeaders from, PacketHeaders to) {
    to.ipv6 = from.ipv6;
    to.sourceHigh = from.sourceHigh;
    to.sourceLow = from.sourceLow;
    to.destinationHigh = from.destinationHigh;
    to.destinationLow = from.destinationLow;
    to.protocol = from.protocol;
    to.sourcePort = from.sourcePort;
    to.destinationPort = from.destinationPort;
    to.oneWay = from.oneWay;
    to.vlan = from.vlan;
    to.encapsulation = from.encapsulation;
    to.tunnelDepth = from.tunnelDepth;
    to.tunnelId = from.tunnelId;
  }

  private static int slot(int id, int protocol, PacketHeaders headers) {
    long hash = headers.sourceLow * 0x9e37_79b9_7f4a_7c15L + headers.destinationLow;
    hash = (hash ^ headers.sourceHigh) * 0xbf58_476d_1ce4_e5b9L + headers.destinationHigh;
    hash = (hash ^ (long) protocol << 32 ^ id) * 0x94d0_49bb_1331_11ebL;
    return (int) (hash >>> 52);
  }
}
