package io.caracal.feature.internal.graph;

import io.caracal.feature.internal.context.FadingClock;
import io.caracal.feature.internal.context.FadingSums;
import io.caracal.feature.internal.context.Slots;
import java.util.Arrays;

/**
 * The hosts: sums of what each did and what was done to it, and the few whom it met last, with sums
 * of what they had to do with each other since.
 */
final class Nodes {
  static final int MINUTE = 0, TEN_MINUTES = 1;

  /** Neighbours that a node remembers, those met last. */
  static final int NEIGHBOURS = 4;

  /** Sums of a node. */
  static final int STARTED = 0,
      ASKED = 1,
      SERVERS = 2,
      CLIENTS = 3,
      FAILED = 4,
      REFUSED = 5,
      SENT = 6,
      RECEIVED = 7,
      OF_NODE = 8;

  /** Sums of a node and a neighbour: flows from it, flows to it, those that failed, bytes. */
  static final int TO = 0, FROM = 1, IN_VAIN = 2, BYTES = 3, OF_NEIGHBOUR = 4;

  private static final int NOBODY = -1;

  private final Slots slots;
  private final FadingSums sums;
  private final FadingSums edges;
  private long[] keys = {};
  private int[] neighbours = {};
  private long[] neighbourKeys = {};

  /**
   * No hosts.
   *
   * @param most remembered, a power of two
   */
  Nodes(int most, FadingClock clock) {
    slots = new Slots(most);
    sums = new FadingSums(clock, OF_NODE);
    edges = new FadingSums(clock, OF_NEIGHBOUR);
  }

  /** The number of a host. */
  int of(long key) {
    int node = slots.of(key);
    if (slots.fresh()) {
      if (node >= keys.length) {
        int capacity = Math.max(1024, 2 * keys.length);
        keys = Arrays.copyOf(keys, capacity);
        neighbours = Arrays.copyOf(neighbours, capacity * NEIGHBOURS);
        neighbourKeys = Arrays.copyOf(neighbourKeys, capacity * NEIGHBOURS);
      }
      keys[node] = key;
      sums.clear(node);
      for (int place = node * NEIGHBOURS; place < (node + 1) * NEIGHBOURS; place++) {
        neighbours[place] = NOBODY;
        edges.clear(place);
      }
    }
    return node;
  }

  /**
   * The place of a neighbour among those of a node; one that has none takes over that of whoever
   * was met longest ago.
   */
  int meet(int node, int neighbour) {
    int oldest = node * NEIGHBOURS;
    for (int place = node * NEIGHBOURS; place < (node + 1) * NEIGHBOURS; place++) {
      if (neighbours[place] == neighbour && known(place)) {
        return place;
      }
      if (presence(place) < presence(oldest)) {
        oldest = place;
      }
    }
    neighbours[oldest] = neighbour;
    neighbourKeys[oldest] = keys[neighbour];
    edges.clear(oldest);
    return oldest;
  }

  /** Empty places first, then by how much of their flows has faded. */
  private float presence(int place) {
    return known(place)
        ? edges.sum(place, TO, MINUTE) + edges.sum(place, FROM, MINUTE)
        : Float.NEGATIVE_INFINITY;
  }

  /** Whether a place is taken, and its host was not forgotten since. */
  boolean known(int place) {
    return neighbours[place] != NOBODY && keys[neighbours[place]] == neighbourKeys[place];
  }

  int neighbour(int place) {
    return neighbours[place];
  }

  FadingSums sums() {
    return sums;
  }

  FadingSums edges() {
    return edges;
  }

  /** Hosts forgotten for others so far. */
  long evicted() {
    return slots.evicted();
  }
}
