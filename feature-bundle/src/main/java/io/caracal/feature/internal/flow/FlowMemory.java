package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.RARE;

import io.caracal.api.flow.PacketSequence;

/**
 * The memory of all flows of a table: a slot for each, blocks for their first packets, and a block
 * for what few flows have. See {@link FlowLayout}. No object is made for a flow.
 */
final class FlowMemory {
  private final BlockPool slots;
  private final BlockPool rare;
  private final FirstPackets sequence;

  FlowMemory(int maxFlows) {
    slots = new BlockPool(maxFlows, FlowLayout.SLOT);
    rare = new BlockPool(maxFlows, FlowLayout.Rare.BLOCK);
    long packets = (long) maxFlows * PacketSequence.CAPACITY / FirstPackets.PER_BLOCK;
    sequence = new FirstPackets(slots.memory, new BlockPool(packets, FirstPackets.BLOCK));
  }

  /** The slots; a flow stands {@linkplain #at where its slot begins}. */
  Memory memory() {
    return slots.memory;
  }

  /** Where a slot begins. */
  long at(int slot) {
    return slots.at(slot);
  }

  /** A slot of zeroes. */
  int take() {
    return slots.take();
  }

  /** Takes a slot back, with all that belongs to it. */
  void give(int slot) {
    releaseBlocks(at(slot));
    slots.give(slot);
  }

  /** Empties a flow's slot except for its key. */
  void restart(long flow) {
    releaseBlocks(flow);
    slots.memory.clear(flow + FlowLayout.LAST, flow + FlowLayout.SLOT);
  }

  private void releaseBlocks(long flow) {
    sequence.release(flow);
    int block = slots.memory.getInt(flow + RARE);
    if (block != 0) {
      rare.give(block);
    }
  }

  /** Blocks of what few flows have. */
  Memory rare() {
    return rare.memory;
  }

  /** Where a flow's block of what few flows have begins; it gets one if it has none. */
  long rareOf(long flow) {
    int block = slots.memory.getInt(flow + RARE);
    if (block == 0) {
      block = rare.take();
      slots.memory.putInt(flow + RARE, block);
    }
    return rare.at(block);
  }

  /** Where that block begins, at zeroes if the flow has none. */
  long rareIfAny(long flow) {
    return rare.at(slots.memory.getInt(flow + RARE));
  }

  /** The first packets of all flows. */
  FirstPackets sequence() {
    return sequence;
  }
}
