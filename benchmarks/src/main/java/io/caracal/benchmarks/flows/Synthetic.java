package io.caracal.benchmarks.flows;

import io.caracal.api.packet.PacketHeaders;

/** Headers of numbered TCP connections to one server. */
final class Synthetic {
  private static final long SERVER = 0xC000_0201L;
  private static final int PORT = 443, TTL = 64, WINDOW = 501, IP_HEADER = 20, TCP_HEADER = 32;

  private Synthetic() {}

  /** Overwrites all that a table reads; the client's address is its number. */
  static void segment(
      PacketHeaders packet, long nanos, long client, boolean forward, int flags, int payload) {
    packet.timeNanos = nanos;
    packet.sourceLow = forward ? client : SERVER;
    packet.destinationLow = forward ? SERVER : client;
    packet.sourcePort = forward ? 1024 + (int) (client & 0x7FFF) : PORT;
    packet.destinationPort = forward ? PORT : 1024 + (int) (client & 0x7FFF);
    packet.protocol = PacketHeaders.TCP;
    packet.ttl = TTL;
    packet.ipHeaderLength = IP_HEADER;
    packet.transportHeaderLength = TCP_HEADER;
    packet.payloadLength = payload;
    packet.ipLength = IP_HEADER + TCP_HEADER + payload;
    packet.tcpFlags = flags;
    packet.tcpWindow = WINDOW;
    packet.tcpSequence = nanos >>> 8 & 0xFFFF_FFFFL;
  }
}
