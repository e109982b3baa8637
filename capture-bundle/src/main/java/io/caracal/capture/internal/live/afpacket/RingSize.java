package io.caracal.capture.internal.live.afpacket;

import io.caracal.api.packet.SourceRequest;

/**
 * How a ring is cut into blocks. The kernel hands over a block when it is full or its time is up,
 * so large blocks make few calls and several blocks let it write while one is read.
 *
 * @param blockBytes bytes of a block, a power of two, at least what one frame needs
 * @param blocks number of blocks, at least 2
 */
record RingSize(int blockBytes, int blocks) {
  private static final int LARGEST_USEFUL_BLOCK = 1 << 20;
  private static final int PAGE = 4096;
  private static final int FEW_BLOCKS = 16;

  /** Headers of the block and of a frame, and room for the link-layer header before it. */
  private static final int OVERHEAD = 512;

  private static final int DEFAULT_BYTES = 64 << 20;

  static RingSize of(SourceRequest request) {
    int bytes = request.bufferBytes() > 0 ? request.bufferBytes() : DEFAULT_BYTES;
    int smallest = powerOfTwo(Math.max(request.snapshotLength() + OVERHEAD, PAGE));
    int block = Math.max(LARGEST_USEFUL_BLOCK, smallest);
    while (block > smallest && bytes / block < FEW_BLOCKS) {
      block >>= 1;
    }
    return new RingSize(block, Math.max(bytes / block, 2));
  }

  private static int powerOfTwo(int atLeast) {
    return Integer.highestOneBit(atLeast - 1) << 1;
  }

  long bytes() {
    return (long) blockBytes * blocks;
  }
}
