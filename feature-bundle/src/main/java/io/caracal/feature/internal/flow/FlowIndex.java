package io.caracal.feature.internal.flow;

import io.caracal.api.packet.PacketHeaders;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds the flow of a packet: a hash table chained through the flows themselves, sized once so that
 * no packet ever waits for a rehash. The hash is keyed at random, since senders choose the keys; no
 * order of records depends on it.
 */
final class FlowIndex {
  private static final int MAX_HEADS = 1 << 26;

  private final @Nullable Flow[] heads;
  private final long seed = new SecureRandom().nextLong();

  FlowIndex(int maxFlows) {
    int wanted = Math.clamp(maxFlows, 2, MAX_HEADS);
    heads = new Flow[Integer.highestOneBit(wanted - 1) << 1];
  }

  /** The same for both directions of a flow. */
  int hash(PacketHeaders packet) {
    long ends =
        endpoint(packet.sourceHigh, packet.sourceLow, packet.sourcePort)
            + endpoint(packet.destinationHigh, packet.destinationLow, packet.destinationPort);
    long all = ends ^ ((long) packet.vlan << 8) ^ packet.protocol;
    return (int) ((all * 0x9E3779B97F4A7C15L) >>> 32);
  }

  private long endpoint(long high, long low, int port) {
    long mixed = (low ^ seed) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 29) ^ high) * 0x94D049BB133111EBL;
    mixed = (mixed ^ (mixed >>> 32) ^ port) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  @Nullable Flow find(PacketHeaders packet, int hash) {
    Flow flow = heads[hash & (heads.length - 1)];
    while (flow != null && !(flow.hash == hash && FlowKey.covers(flow.identity(), packet))) {
      flow = flow.chained;
    }
    return flow;
  }

  void add(Flow flow) {
    int head = flow.hash & (heads.length - 1);
    flow.chained = heads[head];
    heads[head] = flow;
  }

  void remove(Flow flow) {
    int head = flow.hash & (heads.length - 1);
    Flow before = heads[head];
    if (before == flow) {
      heads[head] = flow.chained;
      return;
    }
    while (before != null && before.chained != flow) {
      before = before.chained;
    }
    if (before != null) {
      before.chained = flow.chained;
    }
  }
}
