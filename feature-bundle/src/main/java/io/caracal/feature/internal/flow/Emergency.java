package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;

import io.caracal.api.packet.PacketHeaders;
import java.util.Arrays;

/**
 * What a table does while it is nearly full: of new flows it keeps one in so many, the others from
 * their second packet on, and always those that TCP has acknowledged something in. A bitmap
 * remembers first packets for a while; two flows may share a bit, then the second one is kept from
 * its first packet on.
 */
final class Emergency {
  private static final int BEGIN_PERCENT = 90, END_PERCENT = 70;
  private static final int BIT_MASK = (1 << 24) - 1;

  private final FlowLimits limits;
  private long[] firstPackets = new long[0];
  private long rememberedSince;
  private long refused;
  private boolean on;
  private long emergencies;
  private long packets;
  private long bytes;

  Emergency(FlowLimits limits) {
    this.limits = limits;
  }

  /** Begins or ends, by the number of flows. */
  void update(long active, long clock) {
    if (!on && active * 100 >= (long) limits.maxFlows() * BEGIN_PERCENT) {
      on = true;
      emergencies++;
      refused = 0;
      forget(clock);
    } else if (on && active * 100 <= (long) limits.maxFlows() * END_PERCENT) {
      on = false;
    }
  }

  private void forget(long clock) {
    if (firstPackets.length == 0) {
      firstPackets = new long[(BIT_MASK + 1) / Long.SIZE];
    } else {
      Arrays.fill(firstPackets, 0);
    }
    rememberedSince = clock;
  }

  boolean isOn() {
    return on;
  }

  /** Whether a flow of one packet has been silent for too long. */
  boolean isOver(long activeAt, long clock) {
    return PacketTime.between(activeAt, clock) > limits.emergencyIdleNanos();
  }

  /**
   * Whether a packet of no known flow starts one; counted if not.
   *
   * @param hash of its flow, the same on every run
   */
  boolean admits(PacketHeaders packet, int hash, long clock) {
    if ((packet.tcpFlags & ACK) != 0) {
      return true;
    }
    if (PacketTime.between(rememberedSince, clock) > limits.emergencyIdleNanos()) {
      forget(clock);
    }
    int word = (hash & BIT_MASK) / Long.SIZE;
    long bit = 1L << hash;
    if ((firstPackets[word] & bit) != 0) {
      return true;
    }
    if (refused == limits.emergencySampling() - 1) {
      refused = 0;
      return true;
    }
    firstPackets[word] |= bit;
    refused++;
    packets++;
    bytes += packet.ipLength;
    return false;
  }

  /** How often there was one. */
  long emergencies() {
    return emergencies;
  }

  /** Packets that started no flow. */
  long packets() {
    return packets;
  }

  /** IP bytes of those. */
  long bytes() {
    return bytes;
  }
}
