package io.caracal.core.internal.evidence;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.caracal.api.packet.Frame;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The most recent packets, outside the heap. A packet is copied once; the oldest ones are
 * overwritten. Records of flows with the same hash form a chain from the newest backwards, so that
 * a flow's packets are found without looking at the others. Used by one thread.
 *
 * <p>A record stands at a position that grows for ever; its place is the position modulo the
 * capacity, and it never wraps around the end.
 */
final class PacketRing implements AutoCloseable {
  private static final long PREVIOUS = 0, TIME = 8, HASH = 16, CAPTURED = 20, WIRE = 24, LINK = 28;
  private static final int HEADER = 32;
  private static final int ALIGNMENT = 8;

  /** In place of a captured length: the rest up to the end is unused. */
  private static final int GAP = -1;

  private static final long NOTHING = -1;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final long capacity;
  private final long[] newest;
  private long head;
  private long tail;
  private long stored;
  private long overwritten;
  private long oversized;

  /**
   * An empty ring.
   *
   * @param bytes its size, headers included
   */
  PacketRing(long bytes) {
    capacity = Math.max(HEADER, bytes / ALIGNMENT * ALIGNMENT);
    memory = arena.allocate(capacity, ALIGNMENT);
    newest = new long[1 << Math.clamp(Long.SIZE - Long.numberOfLeadingZeros(capacity >> 9), 4, 20)];
    Arrays.fill(newest, NOTHING);
  }

  /** Keeps a packet of a flow with this hash. */
  void add(Frame frame, int hash) {
    long size = size(frame.capturedLength);
    if (size > capacity) {
      oversized++;
      return;
    }
    long place = head % capacity;
    if (place + size > capacity) {
      long gap = capacity - place;
      makeRoom(gap);
      if (gap >= HEADER) {
        memory.set(JAVA_INT, place + CAPTURED, GAP);
      }
      head += gap;
      place = 0;
    }
    makeRoom(size);
    int bucket = hash & (newest.length - 1);
    memory.set(JAVA_LONG, place + PREVIOUS, newest[bucket]);
    memory.set(JAVA_LONG, place + TIME, frame.timeNanos);
    memory.set(JAVA_INT, place + HASH, hash);
    memory.set(JAVA_INT, place + CAPTURED, frame.capturedLength);
    memory.set(JAVA_INT, place + WIRE, frame.wireLength);
    memory.set(JAVA_INT, place + LINK, frame.linkType);
    MemorySegment.copy(frame.segment, frame.offset, memory, place + HEADER, frame.capturedLength);
    newest[bucket] = head;
    head += size;
    stored++;
  }

  private static long size(int capturedLength) {
    return (HEADER + (long) capturedLength + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private void makeRoom(long size) {
    while (head + size - tail > capacity) {
      long place = tail % capacity;
      long rest = capacity - place;
      int captured = rest < HEADER ? GAP : memory.get(JAVA_INT, place + CAPTURED);
      if (captured == GAP) {
        tail += rest;
      } else {
        tail += size(captured);
        overwritten++;
      }
    }
  }

  /**
   * Positions of the packets with this hash in a span of time, oldest first.
   *
   * @param fromNanos earliest packet time
   * @param toNanos latest packet time
   */
  long[] find(int hash, long fromNanos, long toNanos) {
    long[] found = new long[16];
    int count = 0;
    long position = newest[hash & (newest.length - 1)];
    while (position >= tail) {
      long place = position % capacity;
      long time = memory.get(JAVA_LONG, place + TIME);
      if (memory.get(JAVA_INT, place + HASH) == hash && time >= fromNanos && time <= toNanos) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = position;
      }
      position = memory.get(JAVA_LONG, place + PREVIOUS);
    }
    long[] oldestFirst = new long[count];
    for (int i = 0; i < count; i++) {
      oldestFirst[i] = found[count - 1 - i];
    }
    return oldestFirst;
  }

  /** Makes a frame show the packet at a position that {@link #find} gave. */
  void read(long position, Frame into) {
    long place = position % capacity;
    into.segment = memory;
    into.offset = place + HEADER;
    into.capturedLength = memory.get(JAVA_INT, place + CAPTURED);
    into.wireLength = memory.get(JAVA_INT, place + WIRE);
    into.timeNanos = memory.get(JAVA_LONG, place + TIME);
    into.linkType = memory.get(JAVA_INT, place + LINK);
  }

  /** Packets kept so far. */
  long stored() {
    return stored;
  }

  /** Packets that made room for newer ones. */
  long overwritten() {
    return overwritten;
  }

  /** Packets larger than the whole ring. */
  long oversized() {
    return oversized;
  }

  @Override
  public void close() {
    arena.close();
  }
}
