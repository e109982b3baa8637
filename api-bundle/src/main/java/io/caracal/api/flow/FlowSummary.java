package io.caracal.api.flow;

/**
 * What remains of a flow record once its columns are computed: a value that may be kept.
 *
 * @param flowId see {@link FlowRecord#flowId}
 * @param who its ends
 * @param startNanos time of the first packet, nanoseconds since 1970-01-01 UTC
 * @param lastNanos time of the last packet, nanoseconds since 1970-01-01 UTC
 * @param writtenNanos packet time when the record was written, see {@link FlowRecord#writtenNanos}
 * @param reason why it was written
 * @param checkpoint see {@link FlowRecord#checkpoint}
 * @param state how far the connection got
 * @param history see {@link FlowRecord#history}
 * @param forward what the initiator sent
 * @param backward what the responder sent
 * @param dnsQueryType see {@link FlowRecord#dnsQueryType}
 * @param dnsResponseCode see {@link FlowRecord#dnsResponseCode}
 */
public record FlowSummary(
    long flowId,
    FlowIdentity who,
    long startNanos,
    long lastNanos,
    long writtenNanos,
    EndReason reason,
    int checkpoint,
    ConnectionState state,
    String history,
    Volume forward,
    Volume backward,
    int dnsQueryType,
    int dnsResponseCode) {

  /**
   * A flow in which no DNS message was seen.
   *
   * @param flowId see {@link FlowRecord#flowId}
   * @param who its ends
   * @param startNanos time of the first packet, nanoseconds since 1970-01-01 UTC
   * @param lastNanos time of the last packet, nanoseconds since 1970-01-01 UTC
   * @param writtenNanos packet time when the record was written
   * @param reason why it was written
   * @param checkpoint see {@link FlowRecord#checkpoint}
   * @param state how far the connection got
   * @param history see {@link FlowRecord#history}
   * @param forward what the initiator sent
   * @param backward what the responder sent
   */
  public FlowSummary(
      long flowId,
      FlowIdentity who,
      long startNanos,
      long lastNanos,
      long writtenNanos,
      EndReason reason,
      int checkpoint,
      ConnectionState state,
      String history,
      Volume forward,
      Volume backward) {
    this(
        flowId,
        who,
        startNanos,
        lastNanos,
        writtenNanos,
        reason,
        checkpoint,
        state,
        history,
        forward,
        backward,
        0,
        -1);
  }

  /**
   * What one side sent.
   *
   * @param packets packets
   * @param ipBytes bytes of IP packets, headers included
   * @param payloadBytes bytes after the transport header
   * @param tcpFlags every TCP flag that a packet carried, as the bits of {@link
   *     io.caracal.api.packet.PacketHeaders}; 0 if not TCP
   * @param minTtl smallest TTL or hop limit, 0 if no packet
   * @param maxTtl largest TTL or hop limit, 0 if no packet
   */
  public record Volume(
      long packets, long ipBytes, long payloadBytes, int tcpFlags, int minTtl, int maxTtl) {

    /**
     * A volume without the fields of headers.
     *
     * @param packets packets
     * @param ipBytes bytes of IP packets, headers included
     * @param payloadBytes bytes after the transport header
     */
    public Volume(long packets, long ipBytes, long payloadBytes) {
      this(packets, ipBytes, payloadBytes, 0, 0, 0);
    }

    static Volume of(DirectionRecord direction) {
      int flags = 0;
      for (int bit = 0x01; bit <= 0x80; bit <<= 1) {
        flags |= direction.flagCount(bit) > 0 ? bit : 0;
      }
      return new Volume(
          direction.packets(),
          direction.ipBytes(),
          direction.payloadBytes(),
          flags,
          direction.minTtl(),
          direction.maxTtl());
    }
  }

  /**
   * Summarises a record.
   *
   * @param flow the record
   * @return a value that outlives it
   */
  public static FlowSummary of(FlowRecord flow) {
    return new FlowSummary(
        flow.flowId(),
        flow.identity(),
        flow.startNanos(),
        flow.lastNanos(),
        flow.writtenNanos(),
        flow.reason(),
        flow.checkpoint(),
        ConnectionState.of(flow),
        flow.history(),
        Volume.of(flow.forward()),
        Volume.of(flow.backward()),
        flow.dnsQueryType(),
        flow.dnsResponseCode());
  }

  /**
   * Packets of both directions.
   *
   * @return count
   */
  public long packets() {
    return forward.packets() + backward.packets();
  }

  /**
   * Whether this is the flow's first record: no checkpoint went before.
   *
   * @return true if so
   */
  public boolean first() {
    return checkpoint == (reason == EndReason.CHECKPOINT ? 1 : 0);
  }
}
