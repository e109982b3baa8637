package io.caracal.api.packet;

/**
 * What came of decoding a frame. Everything but {@link #OK} is a reason why a frame belongs to no
 * flow.
 */
public enum DecodeResult {
  /** Headers are filled in. */
  OK,
  /** The link type of the capture is not one that the decoder knows. */
  UNKNOWN_LINK_TYPE,
  /** The frame ends inside its link-layer header. */
  TRUNCATED_LINK,
  /** No IP inside: ARP, spanning tree, ... */
  NOT_IP,
  /** The frame ends inside the IP header. */
  TRUNCATED_IP,
  /** IP version, header length or total length contradict each other. */
  BAD_IP,
  /** The frame ends inside the transport header although the IP length promises more. */
  TRUNCATED_TRANSPORT,
  /** Transport header length or data offset is impossible. */
  BAD_TRANSPORT,
  /** Tags or encapsulations nested deeper than the decoder follows. */
  TOO_DEEP,
  /** The frame ends inside the header of an encapsulation; only as {@link PacketHeaders#inner}. */
  TRUNCATED_TUNNEL,
  /** The header of an encapsulation contradicts itself; only as {@link PacketHeaders#inner}. */
  BAD_TUNNEL,
  /**
   * A non-first IP fragment whose first fragment was not seen (or is forgotten), so that its flow
   * is unknown.
   */
  ORPHAN_FRAGMENT;

  /**
   * The name used in events and summaries.
   *
   * @return for example {@code not_ip}
   */
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
