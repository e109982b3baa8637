package io.caracal.feature.internal.flow;

/**
 * Blocks of equal size in {@link Memory}, numbered from 1; 0 stands for none. Blocks that were
 * given back are taken again first, the latest of them before the others.
 */
final class BlockPool {
  final Memory memory;

  private final long most;
  private final int bytes;
  private int used;
  private int free;

  /**
   * An empty pool.
   *
   * @param most blocks that can be taken at once
   * @param bytes of a block, a multiple of 8
   */
  BlockPool(long most, int bytes) {
    this.most = Math.min(most, Integer.MAX_VALUE - 1);
    this.bytes = bytes;
    memory = new Memory((this.most + 1) * bytes);
  }

  /** Where a block begins. */
  long at(int block) {
    return (long) block * bytes;
  }

  /** A block of zeroes. */
  int take() {
    int block = free;
    if (block == 0) {
      if (used == most) {
        throw new IllegalStateException("all " + most + " blocks are taken");
      }
      return ++used;
    }
    long at = at(block);
    free = memory.getInt(at);
    memory.clear(at, at + bytes);
    return block;
  }

  /** Takes a block back. */
  void give(int block) {
    memory.putInt(at(block), free);
    free = block;
  }
}
