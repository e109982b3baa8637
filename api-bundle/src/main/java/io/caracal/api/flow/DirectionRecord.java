package io.caracal.api.flow;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What a flow record knows of one direction. Valid as long as the {@link FlowRecord} it came from.
 */
@ProviderType
public interface DirectionRecord {
  /**
   * Packets.
   *
   * @return count
   */
  long packets();

  /**
   * Time of the first packet.
   *
   * @return nanoseconds since 1970-01-01 UTC, 0 if no packet
   */
  long startNanos();

  /**
   * Time of the last packet.
   *
   * @return nanoseconds since 1970-01-01 UTC, 0 if no packet
   */
  long lastNanos();

  /**
   * Shortest IP packet, header included.
   *
   * @return bytes, 0 if no packet
   */
  int minIpLength();

  /**
   * Longest IP packet, header included.
   *
   * @return bytes, 0 if no packet
   */
  int maxIpLength();

  /**
   * Bytes of IP packets, headers included.
   *
   * @return bytes
   */
  long ipBytes();

  /**
   * Bytes after the transport header.
   *
   * @return bytes
   */
  long payloadBytes();

  /**
   * Packets that carry at least one payload byte.
   *
   * @return count
   */
  long payloadPackets();

  /**
   * Payload length per packet, zero-length packets included.
   *
   * @return in bytes
   */
  Moments payloadLength();

  /**
   * Time between this direction's packets.
   *
   * @return in nanoseconds
   */
  Moments interArrival();

  /**
   * Packets that carried a TCP flag.
   *
   * @param bit one of the constants of {@link io.caracal.api.packet.PacketHeaders}, for example
   *     {@code SYN}
   * @return count
   */
  long flagCount(int bit);

  /**
   * Bytes of IP and transport headers; see the view's documentation for what CICFlowMeter makes of
   * it.
   *
   * @return bytes of transport headers only
   */
  long transportHeaderBytes();

  /**
   * Smallest transport header seen.
   *
   * @return bytes, 0 if no packet
   */
  int minTransportHeader();

  /**
   * TCP window of this direction's first packet.
   *
   * @return 0 to 65535, -1 if there was no TCP packet
   */
  int initialWindow();

  /**
   * Largest TCP window.
   *
   * @return 0 to 65535
   */
  int maxWindow();

  /**
   * Smallest TTL or hop limit.
   *
   * @return 0 if no packet
   */
  int minTtl();

  /**
   * Largest TTL or hop limit.
   *
   * @return 0 if no packet
   */
  int maxTtl();

  /**
   * TCP segments whose payload had been seen before (sequence number below the highest seen).
   *
   * @return packets
   */
  long retransmittedPackets();

  /**
   * Payload bytes of those segments.
   *
   * @return bytes
   */
  long retransmittedBytes();

  /**
   * Bulk transfers, as CICFlowMeter defines them: at least four consecutive payload packets in one
   * direction, at most a second apart, without payload from the other side.
   *
   * @return number of bulks
   */
  long bulks();

  /**
   * Packets in bulks.
   *
   * @return count
   */
  long bulkPackets();

  /**
   * Payload bytes in bulks.
   *
   * @return bytes
   */
  long bulkBytes();

  /**
   * Time spent in bulks.
   *
   * @return nanoseconds
   */
  long bulkNanos();
}
