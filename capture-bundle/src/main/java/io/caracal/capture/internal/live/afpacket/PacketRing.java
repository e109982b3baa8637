package io.caracal.capture.internal.live.afpacket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.caracal.api.packet.Frame;
import io.caracal.api.packet.SourceRequest;
import io.caracal.capture.internal.live.NativeFunctions;
import io.caracal.capture.internal.live.NativeFunctions.Result;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The ring of a packet socket, of version TPACKET_V3: blocks of frames that the kernel and this
 * process hand to each other by their status. Frames are read where they lie.
 */
final class PacketRing {
  private static final int TPACKET_V3 = 2;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;
  private static final int STATUS_USER = 1;
  private static final int STATUS_VLAN_VALID = 1 << 4;
  private static final VarHandle INT = JAVA_INT.varHandle();

  // struct tpacket_block_desc
  private static final int BLOCK_STATUS = 8;
  private static final int BLOCK_FRAMES = 12;
  private static final int BLOCK_FIRST = 16;

  // struct tpacket3_hdr
  private static final int SECONDS = 4;
  private static final int NANOSECONDS = 8;
  private static final int CAPTURED = 12;
  private static final int LENGTH = 16;
  private static final int STATUS = 20;
  private static final int LINK_HEADER = 24;
  private static final int TAG_CONTROL = 32;
  private static final int TAG_PROTOCOL = 36;

  private final MemorySegment memory;
  private final RingSize size;
  private final VlanTag tag;

  private int block;
  private long start;
  private boolean holding;
  private int left;
  private long next;

  private PacketRing(MemorySegment memory, RingSize size, int snapshotLength) {
    this.memory = memory;
    this.size = size;
    tag = new VlanTag(snapshotLength);
  }

  /** Makes the ring of a socket that is not bound yet and maps it. */
  static PacketRing map(PacketSocket socket, SourceRequest request, Arena arena)
      throws IOException {
    socket.set(PacketSocket.PACKET_VERSION, TPACKET_V3);
    socket.set(PacketSocket.PACKET_RESERVE, VlanTag.BYTES);
    RingSize size = RingSize.of(request);
    // struct tpacket_req3. A frame takes what it needs of a block, so the frame size says nothing.
    MemorySegment wanted =
        arena.allocateFrom(
            JAVA_INT,
            size.blockBytes(),
            size.blocks(),
            size.blockBytes(),
            size.blocks(),
            Math.max(request.delayMillis(), 1),
            0,
            0);
    socket.set(PacketSocket.SOL_PACKET, PacketSocket.PACKET_RX_RING, wanted);
    NativeFunctions libc = NativeFunctions.LIBC;
    Result mapped =
        libc.address("mmap", 0L, size.bytes(), PROT_READ_WRITE, MAP_SHARED, socket.file, 0L);
    socket.check("mmap", mapped);
    MemorySegment memory =
        MemorySegment.ofAddress(mapped.value())
            .reinterpret(
                size.bytes(), arena, ring -> libc.integer("munmap", ring, ring.byteSize()));
    return new PacketRing(memory, size, request.snapshotLength());
  }

  /**
   * Moves on to the next frame. Those before are the kernel's again.
   *
   * @return whether there is one
   */
  boolean next(Frame frame) {
    while (left == 0) {
      if (!nextBlock()) {
        return false;
      }
    }
    long at = next;
    left--;
    next = at + memory.get(JAVA_INT, at);
    frame.segment = memory;
    frame.offset = at + memory.get(JAVA_SHORT, at + LINK_HEADER);
    frame.capturedLength = memory.get(JAVA_INT, at + CAPTURED);
    frame.wireLength = memory.get(JAVA_INT, at + LENGTH);
    frame.timeNanos =
        Integer.toUnsignedLong(memory.get(JAVA_INT, at + SECONDS)) * 1_000_000_000L
            + memory.get(JAVA_INT, at + NANOSECONDS);
    if ((memory.get(JAVA_INT, at + STATUS) & STATUS_VLAN_VALID) != 0) {
      tag.restore(
          frame, memory.get(JAVA_INT, at + TAG_CONTROL), memory.get(JAVA_SHORT, at + TAG_PROTOCOL));
    }
    return true;
  }

  private boolean nextBlock() {
    if (holding) {
      INT.setRelease(memory, start + BLOCK_STATUS, 0);
      holding = false;
      block = block + 1 == size.blocks() ? 0 : block + 1;
      start = (long) block * size.blockBytes();
    }
    if (((int) INT.getAcquire(memory, start + BLOCK_STATUS) & STATUS_USER) == 0) {
      return false;
    }
    holding = true;
    left = memory.get(JAVA_INT, start + BLOCK_FRAMES);
    next = start + memory.get(JAVA_INT, start + BLOCK_FIRST);
    return true;
  }
}
