package io.caracal.feature.internal.flow;

import static io.caracal.api.packet.PacketHeaders.ACK;
import static io.caracal.api.packet.PacketHeaders.SYN;
import static io.caracal.feature.internal.flow.FlowLayout.DESTINATION_HIGH;
import static io.caracal.feature.internal.flow.FlowLayout.DESTINATION_LOW;
import static io.caracal.feature.internal.flow.FlowLayout.PORTS_AND_PROTOCOL;
import static io.caracal.feature.internal.flow.FlowLayout.SOURCE_HIGH;
import static io.caracal.feature.internal.flow.FlowLayout.SOURCE_LOW;
import static io.caracal.feature.internal.flow.FlowLayout.TUNNEL_AND_KIND;

import io.caracal.api.flow.FlowIdentity;
import io.caracal.api.flow.FlowSettings;
import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.PacketHeaders;

/**
 * How packets and flows recognise each other. A key is six longs: two addresses; both ports, VLAN
 * and protocol; tunnel id, encapsulation, IP version and whether the flow is one-way. It holds for
 * packets of both directions.
 */
final class FlowKey {
  private static final int PORT_BITS = 16, PORTS_SHIFT = 32, VLAN_SHIFT = 8;
  private static final int TUNNEL_SHIFT = 32, ENCAPSULATION_SHIFT = 8, ONE_WAY = 2, IPV6 = 1;
  private static final Encapsulation[] ENCAPSULATIONS = Encapsulation.values();

  private final Memory memory;
  private final FlowSettings.Key parts;

  FlowKey(Memory memory, FlowSettings.Key parts) {
    this.memory = memory;
    this.parts = parts;
  }

  /**
   * Writes the key of the flow that a packet starts. Its sender is the initiator, unless the packet
   * is a SYN+ACK: that answers a SYN which was not seen, so its sender is the responder.
   */
  void write(long flow, PacketHeaders packet) {
    boolean answer = (packet.tcpFlags & (SYN | ACK)) == (SYN | ACK);
    memory.putLong(flow + (answer ? DESTINATION_HIGH : SOURCE_HIGH), packet.sourceHigh);
    memory.putLong(flow + (answer ? DESTINATION_LOW : SOURCE_LOW), packet.sourceLow);
    memory.putLong(flow + (answer ? SOURCE_HIGH : DESTINATION_HIGH), packet.destinationHigh);
    memory.putLong(flow + (answer ? SOURCE_LOW : DESTINATION_LOW), packet.destinationLow);
    memory.putLong(
        flow + PORTS_AND_PROTOCOL,
        answer
            ? ports(packet, packet.destinationPort, packet.sourcePort)
            : ports(packet, packet.sourcePort, packet.destinationPort));
    memory.putLong(flow + TUNNEL_AND_KIND, kind(packet));
  }

  /** Ports, VLAN and protocol in one. */
  long ports(PacketHeaders packet, int source, int destination) {
    int ports = (source << PORT_BITS) | destination;
    int vlanAndProtocol = (parts.vlanOf(packet) << VLAN_SHIFT) | packet.protocol;
    return ((long) ports << PORTS_SHIFT) | Integer.toUnsignedLong(vlanAndProtocol);
  }

  /** Tunnel and kind of a packet in one. */
  long kind(PacketHeaders packet) {
    int kind = (packet.ipv6 ? IPV6 : 0) | (packet.oneWay ? ONE_WAY : 0);
    if (packet.encapsulation == Encapsulation.NONE) {
      return kind;
    }
    return ((long) parts.tunnelIdOf(packet) << TUNNEL_SHIFT)
        | (parts.encapsulationOf(packet).ordinal() << ENCAPSULATION_SHIFT)
        | kind;
  }

  /** Whether a packet belongs to a flow, whichever way it goes. */
  boolean covers(long flow, PacketHeaders packet) {
    return memory.getLong(flow + TUNNEL_AND_KIND) == kind(packet)
        && (forward(flow, packet) || (!packet.oneWay && backward(flow, packet)));
  }

  /** Whether the initiator sent a packet of this flow. */
  boolean forward(long flow, PacketHeaders packet) {
    return memory.getLong(flow + SOURCE_LOW) == packet.sourceLow
        && memory.getLong(flow + DESTINATION_LOW) == packet.destinationLow
        && memory.getLong(flow + PORTS_AND_PROTOCOL)
            == ports(packet, packet.sourcePort, packet.destinationPort)
        && memory.getLong(flow + SOURCE_HIGH) == packet.sourceHigh
        && memory.getLong(flow + DESTINATION_HIGH) == packet.destinationHigh;
  }

  private boolean backward(long flow, PacketHeaders packet) {
    return memory.getLong(flow + SOURCE_LOW) == packet.destinationLow
        && memory.getLong(flow + DESTINATION_LOW) == packet.sourceLow
        && memory.getLong(flow + PORTS_AND_PROTOCOL)
            == ports(packet, packet.destinationPort, packet.sourcePort)
        && memory.getLong(flow + SOURCE_HIGH) == packet.destinationHigh
        && memory.getLong(flow + DESTINATION_HIGH) == packet.sourceHigh;
  }

  int protocol(long flow) {
    return memory.getByte(flow + PORTS_AND_PROTOCOL);
  }

  int destinationPort(long flow) {
    return (int) (memory.getLong(flow + PORTS_AND_PROTOCOL) >>> PORTS_SHIFT) & 0xffff;
  }

  /** The key as a value. */
  FlowIdentity identity(long flow) {
    long ports = memory.getLong(flow + PORTS_AND_PROTOCOL);
    long kind = memory.getLong(flow + TUNNEL_AND_KIND);
    return new FlowIdentity(
        (kind & IPV6) != 0,
        memory.getLong(flow + SOURCE_HIGH),
        memory.getLong(flow + SOURCE_LOW),
        (int) (ports >>> (PORTS_SHIFT + PORT_BITS)),
        memory.getLong(flow + DESTINATION_HIGH),
        memory.getLong(flow + DESTINATION_LOW),
        destinationPort(flow),
        (int) ports & 0xff,
        (int) ports >>> VLAN_SHIFT,
        (kind & ONE_WAY) != 0,
        ENCAPSULATIONS[(int) kind >>> ENCAPSULATION_SHIFT],
        (int) (kind >>> TUNNEL_SHIFT));
  }
}
