package io.caracal.capture.internal.live.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.caracal.api.packet.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Puts the VLAN tag back that the kernel took out of an Ethernet frame and keeps beside it. */
final class VlanTag {
  /** Bytes of a tag, which must be free before the frame. */
  static final int BYTES = 4;

  private static final int ADDRESSES = 12;
  private static final int DEFAULT_PROTOCOL = 0x8100;
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final int snapshotLength;

  VlanTag(int snapshotLength) {
    this.snapshotLength = snapshotLength;
  }

  /**
   * Moves the two addresses forward and writes the tag behind them.
   *
   * @param frame without the tag; with it afterwards
   * @param control priority and VLAN id
   * @param protocol Ethernet type of the tag, 0 for that of 802.1Q
   */
  void restore(Frame frame, int control, int protocol) {
    if (frame.capturedLength < ADDRESSES) {
      return;
    }
    MemorySegment memory = frame.segment;
    long from = frame.offset;
    long to = from - BYTES;
    long first = memory.get(JAVA_LONG_UNALIGNED, from);
    int rest = memory.get(JAVA_INT_UNALIGNED, from + 8);
    memory.set(JAVA_LONG_UNALIGNED, to, first);
    memory.set(JAVA_INT_UNALIGNED, to + 8, rest);
    memory.set(SHORT, to + ADDRESSES, (short) (protocol == 0 ? DEFAULT_PROTOCOL : protocol));
    memory.set(SHORT, to + ADDRESSES + 2, (short) control);
    frame.offset = to;
    frame.capturedLength = Math.min(frame.capturedLength + BYTES, snapshotLength);
    frame.wireLength += BYTES;
  }
}
