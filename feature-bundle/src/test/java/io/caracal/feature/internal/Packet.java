package io.caracal.feature.internal;

import io.caracal.api.packet.Encapsulation;
import io.caracal.api.packet.PacketHeaders;

/** Headers for tests: by default from 10.0.0.1:40000 to 10.0.0.2:80 (TCP) or :53 (UDP). */
public final class Packet {
  /** Time 0 of all tests, nanoseconds since 1970. */
  public static final long EPOCH = 1_700_000_000_000_000_000L;

  private final PacketHeaders headers = new PacketHeaders();

  private Packet(long micros, int protocol, int destinationPort, int header, int payload) {
    headers.timeNanos = EPOCH + micros * 1000;
    headers.sourceLow = 0x0A00_0001L;
    headers.destinationLow = 0x0A00_0002L;
    headers.sourcePort = 40000;
    headers.destinationPort = destinationPort;
    headers.protocol = protocol;
    headers.ttl = 64;
    headers.ipHeaderLength = 20;
    headers.transportHeaderLength = header;
    headers.payloadLength = payload;
    headers.ipLength = 20 + header + payload;
  }

  public static Packet tcp(long micros, int flags, int payload) {
    Packet packet = new Packet(micros, PacketHeaders.TCP, 80, 20, payload);
    packet.headers.tcpFlags = flags;
    packet.headers.tcpWindow = 1000;
    return packet;
  }

  public static Packet udp(long micros, int payload) {
    return new Packet(micros, PacketHeaders.UDP, 53, 8, payload);
  }

  /** ICMP type and code, or type and the reply's type, in place of ports. */
  public static Packet icmp(long micros, int type, int other, boolean oneWay) {
    Packet packet = new Packet(micros, PacketHeaders.ICMP, other, 8, 56);
    packet.headers.sourcePort = type;
    packet.headers.oneWay = oneWay;
    return packet;
  }

  /** The same, sent by the other side. */
  public Packet reply() {
    long low = headers.sourceLow;
    headers.sourceLow = headers.destinationLow;
    headers.destinationLow = low;
    int port = headers.sourcePort;
    headers.sourcePort = headers.destinationPort;
    headers.destinationPort = port;
    return this;
  }

  public Packet clientPort(int port) {
    headers.sourcePort = port;
    return this;
  }

  public Packet addresses(long source, long destination) {
    headers.sourceLow = source;
    headers.destinationLow = destination;
    return this;
  }

  public Packet ipv6() {
    headers.ipv6 = true;
    return this;
  }

  public Packet vlan(int vlan) {
    headers.vlan = vlan;
    return this;
  }

  public Packet inside(Encapsulation encapsulation, int tunnelId) {
    headers.encapsulation = encapsulation;
    headers.tunnelId = tunnelId;
    headers.tunnelDepth = 1;
    return this;
  }

  public Packet ttl(int ttl) {
    headers.ttl = ttl;
    return this;
  }

  public Packet window(int window) {
    headers.tcpWindow = window;
    return this;
  }

  public Packet header(int length) {
    headers.ipLength += length - headers.transportHeaderLength;
    headers.transportHeaderLength = length;
    return this;
  }

  public Packet sequence(long sequence) {
    headers.tcpSequence = sequence & 0xffff_ffffL;
    return this;
  }

  public PacketHeaders headers() {
    return headers;
  }
}
