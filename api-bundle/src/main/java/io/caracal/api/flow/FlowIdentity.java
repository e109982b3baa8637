package io.caracal.api.flow;

import io.caracal.api.packet.Encapsulation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Who talks to whom. Addresses are two longs as in {@link io.caracal.api.packet.PacketHeaders}.
 *
 * @param ipv6 true for IPv6
 * @param sourceHigh upper half of the initiator's address
 * @param sourceLow lower half of the initiator's address
 * @param sourcePort the initiator's port, or ICMP type
 * @param destinationHigh upper half of the responder's address
 * @param destinationLow lower half of the responder's address
 * @param destinationPort the responder's port, or the ICMP type of the reply, or the ICMP code
 * @param protocol IP protocol number
 * @param vlan VLAN ids as in {@link io.caracal.api.packet.PacketHeaders#vlan}
 * @param oneWay true for ICMP messages that have no reply type
 * @param encapsulation what the packets were in, or {@link Encapsulation#NONE}
 * @param tunnelId network identifier of that encapsulation where both directions share it, see
 *     {@link io.caracal.api.packet.PacketHeaders#tunnelId}; 0 without
 */
public record FlowIdentity(
    boolean ipv6,
    long sourceHigh,
    long sourceLow,
    int sourcePort,
    long destinationHigh,
    long destinationLow,
    int destinationPort,
    int protocol,
    int vlan,
    boolean oneWay,
    Encapsulation encapsulation,
    int tunnelId) {

  /**
   * An identity outside any tunnel.
   *
   * @param ipv6 true for IPv6
   * @param sourceHigh upper half of the initiator's address
   * @param sourceLow lower half of the initiator's address
   * @param sourcePort the initiator's port
   * @param destinationHigh upper half of the responder's address
   * @param destinationLow lower half of the responder's address
   * @param destinationPort the responder's port
   * @param protocol IP protocol number
   * @param vlan VLAN ids
   * @param oneWay true for ICMP messages that have no reply type
   */
  public FlowIdentity(
      boolean ipv6,
      long sourceHigh,
      long sourceLow,
      int sourcePort,
      long destinationHigh,
      long destinationLow,
      int destinationPort,
      int protocol,
      int vlan,
      boolean oneWay) {
    this(
        ipv6,
        sourceHigh,
        sourceLow,
        sourcePort,
        destinationHigh,
        destinationLow,
        destinationPort,
        protocol,
        vlan,
        oneWay,
        Encapsulation.NONE,
        0);
  }

  /**
   * The initiator's address as text, IPv6 as RFC 5952 writes it.
   *
   * @return for example {@code 10.0.0.1}
   */
  public String source() {
    return text(sourceHigh, sourceLow);
  }

  /**
   * The responder's address as text, IPv6 as RFC 5952 writes it.
   *
   * @return for example {@code 2001:db8::1}
   */
  public String destination() {
    return text(destinationHigh, destinationLow);
  }

  /**
   * The initiator's address.
   *
   * @return a block of one
   */
  public AddressBlock sourceBlock() {
    return AddressBlock.of(ipv6, sourceHigh, sourceLow, ipv6 ? 128 : 32);
  }

  /**
   * The responder's address.
   *
   * @return a block of one
   */
  public AddressBlock destinationBlock() {
    return AddressBlock.of(ipv6, destinationHigh, destinationLow, ipv6 ? 128 : 32);
  }

  /**
   * The protocol by its name.
   *
   * @return {@code TCP}, {@code UDP}, {@code ICMP}, {@code IPv6-ICMP}, or the number
   */
  public String protocolName() {
    return switch (protocol) {
      case 1 -> "ICMP";
      case 6 -> "TCP";
      case 17 -> "UDP";
      case 58 -> "IPv6-ICMP";
      case 132 -> "SCTP";
      default -> Integer.toString(protocol);
    };
  }

  /**
   * The Community ID, version 1 with seed 0: the same for both directions, by which other tools
   * find the flow.
   *
   * @return for example {@code 1:hO+sN4H+MG5MY/8hIrXPqc4ZQz0=}
   * @see <a href="https://github.com/corelight/community-id-spec">the specification</a>
   */
  public String communityId() {
    byte[] from = address(sourceHigh, sourceLow);
    byte[] to = address(destinationHigh, destinationLow);
    int fromPort = sourcePort;
    int toPort = destinationPort;
    int order = java.util.Arrays.compareUnsigned(from, to);
    if (!oneWay && (order > 0 || (order == 0 && fromPort > toPort))) {
      byte[] address = from;
      from = to;
      to = address;
      int port = fromPort;
      fromPort = toPort;
      toPort = port;
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 + 2 * from.length + 2 + 4);
    bytes.putShort((short) 0).put(from).put(to).put((byte) protocol).put((byte) 0);
    boolean ports =
        protocol == 1 || protocol == 6 || protocol == 17 || protocol == 58 || protocol == 132;
    if (ports) {
      bytes.putShort((short) fromPort).putShort((short) toPort);
    }
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(bytes.array(), 0, bytes.position());
      return "1:" + Base64.getEncoder().encodeToString(sha1.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private byte[] address(long high, long low) {
    return ipv6
        ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
        : ByteBuffer.allocate(4).putInt((int) low).array();
  }

  private String text(long high, long low) {
    return AddressText.of(ipv6, high, low);
  }
}
