package io.caracal.api.flow;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Everything the sensor keeps of one bidirectional flow. A record is handed to a {@link
 * FlowListener} on the lane's thread and is valid only until the listener returns: it may be a
 * window on the table's own memory.
 *
 * <p>Forward is the direction of the flow's first packet; if that is a SYN+ACK, its sender is the
 * responder and forward is the other way. A record after an active timeout keeps the direction.
 */
@ProviderType
public interface FlowRecord {
  /**
   * Number of the flow, unique within a run and the same for all checkpoints and the end of one
   * flow. After an active timeout the next record has a new number.
   *
   * @return at least 0
   */
  long flowId();

  /**
   * Who talks to whom.
   *
   * @return a new value that may be kept
   */
  FlowIdentity identity();

  /**
   * IP protocol number.
   *
   * @return 0 to 255
   */
  int protocol();

  /**
   * Port of the responder, see {@link FlowIdentity#destinationPort}.
   *
   * @return 0 to 65535
   */
  int destinationPort();

  /**
   * Time of the first packet.
   *
   * @return nanoseconds since 1970-01-01 UTC
   */
  long startNanos();

  /**
   * Time of the last packet.
   *
   * @return nanoseconds since 1970-01-01 UTC, at least {@link #startNanos}
   */
  long lastNanos();

  /**
   * When this record was written, by the table's clock: the highest packet time seen by then, or
   * the wall clock on a silent link.
   *
   * @return nanoseconds since 1970-01-01 UTC, at least {@link #lastNanos}
   */
  long writtenNanos();

  /**
   * Why this record was written.
   *
   * @return {@link EndReason#CHECKPOINT} while the flow lives
   */
  EndReason reason();

  /**
   * Which checkpoint this is.
   *
   * @return 1 for the first and so on; the number of checkpoints that went before for a flow that
   *     has ended
   */
  int checkpoint();

  /**
   * The initiator's packets.
   *
   * @return the forward direction
   */
  DirectionRecord forward();

  /**
   * The responder's packets.
   *
   * @return the backward direction
   */
  DirectionRecord backward();

  /**
   * Payload length of all packets.
   *
   * @return in bytes
   */
  Moments payloadLength();

  /**
   * Time between packets, either direction.
   *
   * @return in nanoseconds
   */
  Moments interArrival();

  /**
   * Lengths of active periods: bursts of packets no more than the activity timeout apart. As in
   * CICFlowMeter a period counts once a pause has ended it, and if it is longer than 0.
   *
   * @return in nanoseconds
   */
  Moments active();

  /**
   * Lengths of the pauses between active periods.
   *
   * @return in nanoseconds
   */
  Moments idle();

  /**
   * Sub-flows: bursts of packets no more than one second apart, at least 1.
   *
   * @return count
   */
  long subflows();

  /**
   * Packets of both directions by IP length: up to 128 bytes, to 256, to 512, to 1024, to 1514.
   *
   * @param bucket 0 to 4
   * @return count; packets longer than 1514 bytes are in none
   */
  long packetsOfSize(int bucket);

  /**
   * What the first DNS query of a flow to or from UDP port 53 asked, see {@link
   * io.caracal.api.packet.PacketHeaders#dnsQueryId}.
   *
   * @return transaction id, 0 to 65535; 0 without one
   */
  int dnsQueryId();

  /**
   * Type of that query.
   *
   * @return for example 1 for A; 0 without one
   */
  int dnsQueryType();

  /**
   * Time to live of the first A record of the first DNS answer.
   *
   * @return seconds, 0 without one
   */
  long dnsAnswerTtl();

  /**
   * Response code of the first DNS answer.
   *
   * @return 0 to 15, for example 3 for a name that does not exist; -1 without an answer
   */
  int dnsResponseCode();

  /**
   * Last reply code of an FTP control connection.
   *
   * @return for example 230; 0 without one
   */
  int ftpReplyCode();

  /**
   * The first packets.
   *
   * @return at most {@link PacketSequence#CAPACITY}
   */
  PacketSequence packets();

  /**
   * What happened to a TCP connection, in Zeek's letters: S h A D F R, capital from the initiator,
   * small from the responder; each letter at most once per direction. Empty if not TCP.
   *
   * @return the history
   */
  String history();

  /**
   * Whether a packet of this flow was cut by the snapshot length inside its headers or its payload.
   *
   * @return true if so
   */
  boolean truncated();
}
