package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.SYN;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.packet.PacketHeaders;

/** How packets and flows recognise each other: an identity holds for packets of both directions. */
final class FlowKey {
  private FlowKey() {}

  /**
   * The identity of the flow that a packet starts. Its sender is the initiator, unless the packet
   * is a SYN+ACK: that answers a SYN which was not seen, so its sender is the responder.
   */
  static FlowIdentity of(PacketHeaders packet) {
    return (packet.tcpFlags & (SYN | ACK)) == (SYN | ACK)
        ? new FlowIdentity(
            packet.ipv6,
            packet.destinationHigh,
            packet.destinationLow,
            packet.destinationPort,
            packet.sourceHigh,
            packet.sourceLow,
            packet.sourcePort,
            packet.protocol,
            packet.vlan,
            packet.oneWay)
        : new FlowIdentity(
            packet.ipv6,
            packet.sourceHigh,
            packet.sourceLow,
            packet.sourcePort,
            packet.destinationHigh,
            packet.destinationLow,
            packet.destinationPort,
            packet.protocol,
            packet.vlan,
            packet.oneWay);
  }

  /** Whether a packet belongs to a flow, whichever way it goes. */
  static boolean covers(FlowIdentity flow, PacketHeaders packet) {
    return flow.protocol() == packet.protocol
        && flow.vlan() == packet.vlan
        && flow.ipv6() == packet.ipv6
        && flow.oneWay() == packet.oneWay
        && (forward(flow, packet) || (!flow.oneWay() && backward(flow, packet)));
  }

  /** Whether the initiator sent a packet of this flow. */
  static boolean forward(FlowIdentity flow, PacketHeaders packet) {
    return flow.sourceLow() == packet.sourceLow
        && flow.destinationLow() == packet.destinationLow
        && flow.sourcePort() == packet.sourcePort
        && flow.destinationPort() == packet.destinationPort
        && flow.sourceHigh() == packet.sourceHigh
        && flow.destinationHigh() == packet.destinationHigh;
  }

  private static boolean backward(FlowIdentity flow, PacketHeaders packet) {
    return flow.sourceLow() == packet.destinationLow
        && flow.destinationLow() == packet.sourceLow
        && flow.sourcePort() == packet.destinationPort
        && flow.destinationPort() == packet.sourcePort
        && flow.sourceHigh() == packet.destinationHigh
        && flow.destinationHigh() == packet.sourceHigh;
  }
}
