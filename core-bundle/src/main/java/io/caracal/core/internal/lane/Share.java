package io.caracal.core.internal.lane;

import io.caracal.api.packet.PacketHeaders;

/**
 * What of a capture belongs to a lane that reads all of it. All packets between two hosts belong to
 * one lane, in both directions; what belongs to no flow is the first lane's.
 *
 * @param lane 0 to lanes - 1
 * @param lanes how many lanes read the capture
 */
public record Share(int lane, int lanes) {
  /** Everything that the lane is given. */
  public static final Share ALL = new Share(0, 1);

  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Whether a packet is this lane's. */
  boolean owns(PacketHeaders packet) {
    return lanes == 1 || lane == laneOf(packet);
  }

  /** Whether frames of no flow are this lane's. */
  boolean ownsRest() {
    return lane == 0;
  }

  private int laneOf(PacketHeaders packet) {
    long hash =
        mix(packet.sourceHigh, packet.sourceLow)
            + mix(packet.destinationHigh, packet.destinationLow);
    return (int) ((((hash * MIX) >>> 32) * lanes) >>> 32);
  }

  private static long mix(long high, long low) {
    long hash = (high * MIX + low) * MIX;
    return hash ^ (hash >>> 32);
  }
}
