package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.ID;
import static io.caracal.feature.internal.flow.FlowLayout.START;

/**
 * The order in which flows end with their capture: oldest start first, then lowest number. A merge
 * sort over plain arrays, since there may be millions.
 */
final class EndOrder {
  private final long[] starts;
  private final long[] ids;

  private EndOrder(int flows) {
    starts = new long[flows];
    ids = new long[flows];
  }

  /** Takes all flows out of their lists; their slots in order. */
  static int[] of(FlowMemory flows, Expiry expiry, int active) {
    EndOrder order = new EndOrder(active);
    int[] slots = new int[active];
    int[] indexes = new int[active];
    for (int i = 0; i < active; i++) {
      int slot = expiry.leastMissed();
      expiry.remove(slot);
      slots[i] = slot;
      indexes[i] = i;
      order.starts[i] = flows.memory().getLong(flows.at(slot) + START);
      order.ids[i] = flows.memory().getLong(flows.at(slot) + ID);
    }
    int[] sorted = order.sort(indexes);
    for (int i = 0; i < active; i++) {
      sorted[i] = slots[sorted[i]];
    }
    return sorted;
  }

  private int[] sort(int[] indexes) {
    int[] from = indexes;
    int[] to = new int[from.length];
    for (int run = 1; run < from.length && run > 0; run <<= 1) {
      for (int start = 0; start < from.length; start += 2 * run) {
        merge(from, to, start, run);
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    return from;
  }

  private void merge(int[] from, int[] to, int start, int run) {
    int middle = Math.min(from.length, start + run);
    int end = Math.min(from.length, middle + run);
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft = left < middle && (right == end || !isBefore(from[right], from[left]));
      to[at] = takeLeft ? from[left++] : from[right++];
    }
  }

  private boolean isBefore(int one, int other) {
    return starts[one] != starts[other] ? starts[one] < starts[other] : ids[one] < ids[other];
  }
}
