package io.caracal.feature.internal.host;

import java.util.Arrays;

/**
 * Numbers for keys, from 0 on, up to a limit; beyond, a new key takes over the number of the one
 * that was not asked for the longest. What belongs to a key lies in arrays at its number.
 */
final class Slots {
  private static final int FIRST_CAPACITY = 1024;
  private static final int NONE = -1;

  private final int most;
  private final int[] heads;
  private long[] keys = new long[FIRST_CAPACITY];
  private int[] chain = new int[FIRST_CAPACITY];
  private int[] older = new int[FIRST_CAPACITY];
  private int[] newer = new int[FIRST_CAPACITY];
  private int newest = NONE;
  private int oldest = NONE;
  private int size;
  private boolean fresh;

  /**
   * No keys.
   *
   * @param most a power of two
   */
  Slots(int most) {
    this.most = most;
    heads = new int[most];
    Arrays.fill(heads, NONE);
  }

  /** The number of a key, which is now the most recent one. */
  int of(long key) {
    int slot = heads[bucket(key)];
    while (slot != NONE && keys[slot] != key) {
      slot = chain[slot];
    }
    fresh = slot == NONE;
    if (fresh) {
      slot = claim(key);
      pushNewest(slot);
    } else if (slot != newest) {
      unlink(slot);
      pushNewest(slot);
    }
    return slot;
  }

  /** Whether the last key was new, so that nothing at its number means anything. */
  boolean fresh() {
    return fresh;
  }

  /** Numbers given so far. */
  int size() {
    return size;
  }

  private int claim(long key) {
    int slot;
    if (size < most) {
      slot = size++;
      if (slot == keys.length) {
        grow(slot * 2);
      }
    } else {
      slot = oldest;
      unlink(slot);
      forget(slot);
    }
    int bucket = bucket(key);
    keys[slot] = key;
    chain[slot] = heads[bucket];
    heads[bucket] = slot;
    return slot;
  }

  private void forget(int slot) {
    int bucket = bucket(keys[slot]);
    if (heads[bucket] == slot) {
      heads[bucket] = chain[slot];
      return;
    }
    int before = heads[bucket];
    while (chain[before] != slot) {
      before = chain[before];
    }
    chain[before] = chain[slot];
  }

  private void unlink(int slot) {
    if (slot == newest) {
      newest = older[slot];
    } else {
      older[newer[slot]] = older[slot];
    }
    if (slot == oldest) {
      oldest = newer[slot];
    } else {
      newer[older[slot]] = newer[slot];
    }
  }

  private void pushNewest(int slot) {
    older[slot] = newest;
    newer[slot] = NONE;
    if (newest == NONE) {
      oldest = slot;
    } else {
      newer[newest] = slot;
    }
    newest = slot;
  }

  private int bucket(long key) {
    return (int) (key >>> 32) & (heads.length - 1);
  }

  private void grow(int capacity) {
    keys = Arrays.copyOf(keys, capacity);
    chain = Arrays.copyOf(chain, capacity);
    older = Arrays.copyOf(older, capacity);
    newer = Arrays.copyOf(newer, capacity);
  }
}
