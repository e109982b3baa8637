package io.caracal.core.internal.evidence;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.PacketHeaders;

/**
 * Tells whether a packet belongs to a flow, whichever way it goes; and a hash by which to look.
 *
 * @param key what tells flows apart
 */
record FlowMatch(FlowSettings.Key key) {
  static int hash(PacketHeaders packet) {
    return hash(
        end(packet.sourceHigh, packet.sourceLow, packet.sourcePort),
        end(packet.destinationHigh, packet.destinationLow, packet.destinationPort),
        packet.protocol);
  }

  static int hash(FlowIdentity flow) {
    return hash(
        end(flow.sourceHigh(), flow.sourceLow(), flow.sourcePort()),
        end(flow.destinationHigh(), flow.destinationLow(), flow.destinationPort()),
        flow.protocol());
  }

  /** The sum does not depend on the direction. */
  private static int hash(long one, long other, int protocol) {
    long sum = mix(one + other + protocol);
    return (int) (sum ^ sum >>> 32);
  }

  private static long end(long high, long low, int port) {
    return mix(mix(high) + low + ((long) port << 32));
  }

  private static long mix(long value) {
    long x = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
    return x ^ x >>> 29;
  }

  boolean covers(FlowIdentity flow, PacketHeaders packet) {
    return flow.protocol() == packet.protocol
        && flow.vlan() == key.vlanOf(packet)
        && flow.encapsulation() == key.encapsulationOf(packet)
        && flow.tunnelId() == key.tunnelIdOf(packet)
        && flow.ipv6() == packet.ipv6
        && flow.oneWay() == packet.oneWay
        && (forward(flow, packet) || (!flow.oneWay() && backward(flow, packet)));
  }

  private static boolean forward(FlowIdentity flow, PacketHeaders packet) {
    return flow.sourceLow() == packet.sourceLow
        && flow.sourceHigh() == packet.sourceHigh
        && flow.sourcePort() == packet.sourcePort
        && flow.destinationLow() == packet.destinationLow
        && flow.destinationHigh() == packet.destinationHigh
        && flow.destinationPort() == packet.destinationPort;
  }

  private static boolean backward(FlowIdentity flow, PacketHeaders packet) {
    return flow.sourceLow() == packet.destinationLow
        && flow.sourceHigh() == packet.destinationHigh
        && flow.sourcePort() == packet.destinationPort
        && flow.destinationLow() == packet.sourceLow
        && flow.destinationHigh() == packet.sourceHigh
        && flow.destinationPort() == packet.sourcePort;
  }
}
