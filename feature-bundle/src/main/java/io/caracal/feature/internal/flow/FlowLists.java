package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.LIST;
import static io.caracal.feature.internal.flow.FlowLayout.NEXT;
import static io.caracal.feature.internal.flow.FlowLayout.PREVIOUS;

/**
 * Lists of slots, numbered from 1, doubly linked through the slots themselves; each keeps the order
 * in which slots were added. A slot is in one list at most.
 */
final class FlowLists {
  private final FlowMemory flows;
  private final Memory memory;
  private final int[] first;
  private final int[] last;

  FlowLists(FlowMemory flows, int lists) {
    this.flows = flows;
    memory = flows.memory();
    first = new int[lists + 1];
    last = new int[lists + 1];
  }

  /** The slot that has been in a list for longest, 0 if it is empty. */
  int first(int list) {
    return first[list];
  }

  /** The list that a slot is in, 0 if in none. */
  int of(int slot) {
    return memory.getShort(flows.at(slot) + LIST);
  }

  /** Takes a slot out of the list it is in, if any, and adds it to another. */
  void move(int slot, int list) {
    remove(slot);
    int before = last[list];
    if (before == 0) {
      first[list] = slot;
    } else {
      memory.putInt(flows.at(before) + NEXT, slot);
    }
    last[list] = slot;
    memory.putInt(flows.at(slot) + PREVIOUS, before);
    memory.putShort(flows.at(slot) + LIST, list);
  }

  /** Takes a slot out of the list it is in, if any. */
  void remove(int slot) {
    long at = flows.at(slot);
    int list = memory.getShort(at + LIST);
    if (list == 0) {
      return;
    }
    int before = memory.getInt(at + PREVIOUS);
    int after = memory.getInt(at + NEXT);
    if (before == 0) {
      first[list] = after;
    } else {
      memory.putInt(flows.at(before) + NEXT, after);
    }
    if (after == 0) {
      last[list] = before;
    } else {
      memory.putInt(flows.at(after) + PREVIOUS, before);
    }
    memory.putInt(at + PREVIOUS, 0);
    memory.putInt(at + NEXT, 0);
    memory.putShort(at + LIST, 0);
  }
}
