package io.caracal.api.flow;

import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.PacketHeaders;
import java.time.Duration;
import java.util.List;

/**
 * How packets become flows. A model records the timeouts, since the features depend on them.
 *
 * @param idleTimeout a flow ends after this much silence
 * @param activeTimeout a flow is written out and restarted after this long
 * @param activityTimeout a pause longer than this separates active periods
 * @param checkpointPackets packet counts at which a live flow is judged
 * @param checkpointInterval after the last of those, a live flow with new packets is judged this
 *     often
 * @param maxFlows most flows held at once; beyond, the least recently active one is evicted
 * @param key what tells flows apart besides addresses, ports and protocol
 * @param emergency what a table does that is nearly full
 */
public record FlowSettings(
    Duration idleTimeout,
    Duration activeTimeout,
    Duration activityTimeout,
    List<Integer> checkpointPackets,
    Duration checkpointInterval,
    int maxFlows,
    Key key,
    Emergency emergency) {

  /**
   * What else belongs to a flow's key.
   *
   * @param vlan the VLAN ids
   * @param tunnel the encapsulation and its network identifier
   */
  public record Key(boolean vlan, boolean tunnel) {
    /** Both. */
    public static final Key FULL = new Key(true, true);

    /**
     * The VLAN ids of a packet's flow.
     *
     * @param packet any packet of the flow
     * @return as in {@link PacketHeaders#vlan}, 0 if they do not count
     */
    public int vlanOf(PacketHeaders packet) {
      return vlan ? packet.vlan : 0;
    }

    /**
     * The encapsulation of a packet's flow.
     *
     * @param packet any packet of the flow
     * @return {@link Encapsulation#NONE} if it does not count
     */
    public Encapsulation encapsulationOf(PacketHeaders packet) {
      return tunnel ? packet.encapsulation : Encapsulation.NONE;
    }

    /**
     * The network identifier of a packet's flow, where both directions have the same: that of
     * VXLAN, Geneve and ERSPAN. The receiver chooses the tunnel endpoint of GTP-U (3GPP TS 29.281)
     * and the call number of GRE in PPTP (RFC 2637), and keys of GRE are set for each direction
     * (RFC 2890).
     *
     * @param packet any packet of the flow
     * @return as in {@link PacketHeaders#tunnelId}, 0 if it does not count
     */
    public int tunnelIdOf(PacketHeaders packet) {
      return switch (encapsulationOf(packet)) {
        case VXLAN, GENEVE, ERSPAN -> packet.tunnelId;
        case NONE, GRE, IP_IN_IP, IPV6_IN_IP, GTP_U, TEREDO -> 0;
      };
    }
  }

  /**
   * What a table does from 90 % of its room until it is back at 70 %. A flow of which only one
   * packet has been seen then ends after a shorter silence, and of new flows only a sample is kept
   * from the first packet on; the others from their second.
   *
   * @param idleTimeout silence after which a flow of one packet ends, at most the idle timeout
   * @param sampling one in this many new flows is kept from its first packet on, at least 1
   */
  public record Emergency(Duration idleTimeout, int sampling) {
    /** 5 s, one in 16. */
    public static final Emergency DEFAULT = new Emergency(Duration.ofSeconds(5), 16);
  }

  /**
   * 120 s idle, 1800 s active, 5 s activity, checkpoints at 8 and 32 packets and every 30 s, a
   * million flows, VLAN and tunnel in the key.
   */
  public static final FlowSettings DEFAULT =
      new FlowSettings(
          Duration.ofSeconds(120),
          Duration.ofSeconds(1800),
          Duration.ofSeconds(5),
          List.of(8, 32),
          Duration.ofSeconds(30),
          1_000_000);

  /** Copies the list. */
  public FlowSettings {
    checkpointPackets = List.copyOf(checkpointPackets);
  }

  /**
   * Settings with the full key and the default emergency.
   *
   * @param idleTimeout a flow ends after this much silence
   * @param activeTimeout a flow is written out and restarted after this long
   * @param activityTimeout a pause longer than this separates active periods
   * @param checkpointPackets packet counts at which a live flow is judged
   * @param checkpointInterval how often it is judged after the last of those
   * @param maxFlows most flows held at once
   */
  public FlowSettings(
      Duration idleTimeout,
      Duration activeTimeout,
      Duration activityTimeout,
      List<Integer> checkpointPackets,
      Duration checkpointInterval,
      int maxFlows) {
    this(
        idleTimeout,
        activeTimeout,
        activityTimeout,
        checkpointPackets,
        checkpointInterval,
        maxFlows,
        Key.FULL,
        Emergency.DEFAULT);
  }

  /**
   * The same with other room.
   *
   * @param flows most flows held at once
   * @return a copy
   */
  public FlowSettings withMaxFlows(int flows) {
    return new FlowSettings(
        idleTimeout,
        activeTimeout,
        activityTimeout,
        checkpointPackets,
        checkpointInterval,
        flows,
        key,
        emergency);
  }
}
