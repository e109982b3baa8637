package io.caracal.feature.internal.context;

import java.util.Arrays;

/**
 * Numbers for keys, from 0 on, up to a limit; beyond, a new key takes over the number of one that
 * was not asked for lately: a hand goes round and passes over, once, what was asked for since it
 * came by (the second chance of page replacement). An order of last use would cost a cache miss for
 * each of its neighbours on every call. What belongs to a key lies in arrays at its number.
 */
public final class Slots {
  private static final int FIRST_CAPACITY = 1024;
  private static final int NONE = -1;
  private static final long CHAIN = 0xffff_ffffL, ASKED = 1L << 32;

  private final int most;
  private final int[] heads;

  /** Two for each number: the key; the next number of its bucket, and whether it was asked for. */
  private long[] cells = new long[2 * FIRST_CAPACITY];

  private int size;
  private int hand;
  private boolean fresh;
  private long evicted;

  /**
   * No keys.
   *
   * @param most a power of two
   */
  public Slots(int most) {
    this.most = most;
    heads = new int[most];
    Arrays.fill(heads, NONE);
  }

  /** The number of a key. */
  public int of(long key) {
    int slot = heads[bucket(key)];
    while (slot != NONE && cells[2 * slot] != key) {
      slot = (int) cells[2 * slot + 1];
    }
    fresh = slot == NONE;
    if (fresh) {
      return claim(key);
    }
    cells[2 * slot + 1] |= ASKED;
    return slot;
  }

  /** Whether the last key was new, so that nothing at its number means anything. */
  public boolean fresh() {
    return fresh;
  }

  /** Numbers given so far. */
  public int size() {
    return size;
  }

  /** Keys that had to make room so far. */
  public long evicted() {
    return evicted;
  }

  private int claim(long key) {
    int slot = size < most ? size++ : released();
    if (2 * slot == cells.length) {
      cells = Arrays.copyOf(cells, 2 * cells.length);
    }
    int bucket = bucket(key);
    cells[2 * slot] = key;
    cells[2 * slot + 1] = heads[bucket] & CHAIN;
    heads[bucket] = slot;
    return slot;
  }

  private int released() {
    while ((cells[2 * hand + 1] & ASKED) != 0) {
      cells[2 * hand + 1] &= CHAIN;
      hand = (hand + 1) & (most - 1);
    }
    evicted++;
    int slot = hand;
    hand = (hand + 1) & (most - 1);
    forget(slot);
    return slot;
  }

  private void forget(int slot) {
    int bucket = bucket(cells[2 * slot]);
    int after = (int) cells[2 * slot + 1];
    if (heads[bucket] == slot) {
      heads[bucket] = after;
      return;
    }
    int before = heads[bucket];
    while ((int) cells[2 * before + 1] != slot) {
      before = (int) cells[2 * before + 1];
    }
    cells[2 * before + 1] = (cells[2 * before + 1] & ASKED) | (after & CHAIN);
  }

  private int bucket(long key) {
    return (int) (key >>> 32) & (heads.length - 1);
  }
}
