package io.caracal.feature.internal.flow;

import static io.caracal.feature.internal.flow.FlowLayout.DESTINATION_HIGH;
import static io.caracal.feature.internal.flow.FlowLayout.DESTINATION_LOW;
import static io.caracal.feature.internal.flow.FlowLayout.PORTS_AND_PROTOCOL;
import static io.caracal.feature.internal.flow.FlowLayout.SOURCE_HIGH;
import static io.caracal.feature.internal.flow.FlowLayout.SOURCE_LOW;
import static io.caracal.feature.internal.flow.FlowLayout.TUNNEL_AND_KIND;

import io.caracal.api.packet.PacketHeaders;
import java.security.SecureRandom;

/**
 * Finds the flow of a packet: open addressing with linear probing over longs of 32 bits of the hash
 * and the slot, at most half of them in use. It is made for the most flows at once, so that no
 * packet ever waits for a rehash. The hash is keyed at random, since senders choose the keys; no
 * order of records depends on it.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Linear_probing">Knuth, The Art of Computer
 *     Programming 3, section 6.4, algorithms L and R</a>
 */
final class FlowIndex {
  private static final int SLOT_BITS = 32;
  private static final long SLOT_MASK = 0xffff_ffffL;

  private final FlowMemory flows;
  private final FlowKey key;
  private final Memory entries;
  private final long mask;
  private final long seed = new SecureRandom().nextLong();

  FlowIndex(int maxFlows, FlowMemory flows, FlowKey key) {
    this.flows = flows;
    this.key = key;
    long size = Long.highestOneBit(2L * maxFlows - 1) << 1;
    mask = size - 1;
    entries = new Memory(size * Long.BYTES);
  }

  /** The same for both directions of a flow. */
  int hash(PacketHeaders packet) {
    return hash(packet, seed);
  }

  /** A hash that is the same on every run, for what may be guessed. */
  int openHash(PacketHeaders packet) {
    return hash(packet, 0);
  }

  private int hash(PacketHeaders packet, long by) {
    return mixed(
        end(packet.sourceHigh, packet.sourceLow, packet.sourcePort, by)
            + end(packet.destinationHigh, packet.destinationLow, packet.destinationPort, by),
        key.ports(packet, 0, 0),
        key.kind(packet));
  }

  private int hash(long flow) {
    Memory memory = flows.memory();
    long ports = memory.getLong(flow + PORTS_AND_PROTOCOL);
    return mixed(
        end(
                memory.getLong(flow + SOURCE_HIGH),
                memory.getLong(flow + SOURCE_LOW),
                (int) (ports >>> 48),
                seed)
            + end(
                memory.getLong(flow + DESTINATION_HIGH),
                memory.getLong(flow + DESTINATION_LOW),
                (int) (ports >>> 32) & 0xffff,
                seed),
        ports & SLOT_MASK,
        memory.getLong(flow + TUNNEL_AND_KIND));
  }

  private static int mixed(long ends, long vlanAndProtocol, long kind) {
    long all = (ends ^ vlanAndProtocol) + kind * 0xD6E8FEB86659FD93L;
    return (int) (((all ^ (all >>> 32)) * 0x9E3779B97F4A7C15L) >>> 32);
  }

  private static long end(long high, long low, int port, long by) {
    long mixed = (low ^ by) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 29) ^ high) * 0x94D049BB133111EBL;
    mixed = (mixed ^ (mixed >>> 32) ^ port) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  /** The slot that a packet's flow probably has; any slot, or 0, if not. */
  int likely(int hash) {
    return (int) entry(hash & mask);
  }

  /** The slot of a packet's flow, 0 if there is none. */
  int find(PacketHeaders packet, int hash) {
    long place = hash & mask;
    for (long entry = entry(place); entry != 0; entry = entry(place)) {
      if (hashOf(entry) == hash && key.covers(flows.at((int) entry), packet)) {
        return (int) entry;
      }
      place = (place + 1) & mask;
    }
    return 0;
  }

  /** Adds a slot whose key is written. */
  void add(int slot, int hash) {
    long place = hash & mask;
    while (entry(place) != 0) {
      place = (place + 1) & mask;
    }
    put(place, entryOf(hash, slot));
  }

  /** Removes a slot, and moves those up that stood behind it for want of a better place. */
  void remove(int slot) {
    long entry = entryOf(hash(flows.at(slot)), slot);
    long hole = hashOf(entry) & mask;
    while (entry(hole) != entry) {
      hole = (hole + 1) & mask;
    }
    long place = hole;
    for (; ; ) {
      place = (place + 1) & mask;
      long next = entry(place);
      if (next == 0) {
        put(hole, 0);
        return;
      }
      long home = hashOf(next) & mask;
      if (((place - home) & mask) >= ((place - hole) & mask)) {
        put(hole, next);
        hole = place;
      }
    }
  }

  private static long entryOf(int hash, int slot) {
    return ((long) hash << SLOT_BITS) | slot;
  }

  private static int hashOf(long entry) {
    return (int) (entry >>> SLOT_BITS);
  }

  private long entry(long place) {
    return entries.getLong(place * Long.BYTES);
  }

  private void put(long place, long entry) {
    entries.putLong(place * Long.BYTES, entry);
  }
}
