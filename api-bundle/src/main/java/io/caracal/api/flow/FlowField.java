package io.caracal.api.flow;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What tables say of a flow besides the columns of views, by one name in every format; documented
 * in {@code docs/flow-export.md}. {@code fwd} is the initiator, {@code bwd} the responder.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions hold no state
public enum FlowField {
  /** {@link FlowSummary#flowId}. */
  FLOW_ID(Type.NUMBER, FlowSummary::flowId),
  /** {@link FlowSummary#startNanos}. */
  START(Type.TIME, FlowSummary::startNanos),
  /** {@link FlowSummary#lastNanos}. */
  END(Type.TIME, FlowSummary::lastNanos),
  /** {@link EndReason#key}. */
  REASON(flow -> flow.reason().key()),
  /** {@link FlowSummary#checkpoint}. */
  CHECKPOINT(Type.NUMBER, FlowSummary::checkpoint),
  /** {@link FlowIdentity#source}. */
  SRC_IP(flow -> flow.who().source()),
  /** {@link FlowIdentity#sourcePort}. */
  SRC_PORT(Type.NUMBER, flow -> flow.who().sourcePort()),
  /** {@link FlowIdentity#destination}. */
  DST_IP(flow -> flow.who().destination()),
  /** {@link FlowIdentity#destinationPort}. */
  DST_PORT(Type.NUMBER, flow -> flow.who().destinationPort()),
  /** {@link FlowIdentity#protocol}. */
  PROTOCOL(Type.NUMBER, flow -> flow.who().protocol()),
  /** {@link FlowIdentity#vlan}. */
  VLAN(Type.NUMBER, flow -> flow.who().vlan()),
  /** {@link FlowIdentity#encapsulation}, its key. */
  ENCAPSULATION(flow -> flow.who().encapsulation().key()),
  /** {@link FlowIdentity#tunnelId}, unsigned. */
  TUNNEL_ID(Type.NUMBER, flow -> flow.who().tunnelId() & 0xFFFF_FFFFL),
  /** {@link FlowIdentity#communityId}. */
  COMMUNITY_ID(flow -> flow.who().communityId()),
  /** {@link FlowSummary#state}. */
  STATE(flow -> flow.state().name()),
  /** {@link FlowSummary#history}. */
  HISTORY(FlowSummary::history),
  /** The initiator's packets. */
  FWD_PACKETS(Type.NUMBER, flow -> flow.forward().packets()),
  /** The responder's packets. */
  BWD_PACKETS(Type.NUMBER, flow -> flow.backward().packets()),
  /** The initiator's IP bytes, headers included. */
  FWD_IP_BYTES(Type.NUMBER, flow -> flow.forward().ipBytes()),
  /** The responder's IP bytes, headers included. */
  BWD_IP_BYTES(Type.NUMBER, flow -> flow.backward().ipBytes()),
  /** The initiator's bytes after the transport header. */
  FWD_PAYLOAD_BYTES(Type.NUMBER, flow -> flow.forward().payloadBytes()),
  /** The responder's bytes after the transport header. */
  BWD_PAYLOAD_BYTES(Type.NUMBER, flow -> flow.backward().payloadBytes()),
  /** Every TCP flag the initiator sent, as bits of {@link io.caracal.api.packet.PacketHeaders}. */
  FWD_TCP_FLAGS(Type.NUMBER, flow -> flow.forward().tcpFlags()),
  /** Every TCP flag the responder sent. */
  BWD_TCP_FLAGS(Type.NUMBER, flow -> flow.backward().tcpFlags()),
  /** Smallest TTL of the initiator's packets. */
  FWD_MIN_TTL(Type.NUMBER, flow -> flow.forward().minTtl()),
  /** Largest TTL of the initiator's packets. */
  FWD_MAX_TTL(Type.NUMBER, flow -> flow.forward().maxTtl()),
  /** Smallest TTL of the responder's packets. */
  BWD_MIN_TTL(Type.NUMBER, flow -> flow.backward().minTtl()),
  /** Largest TTL of the responder's packets. */
  BWD_MAX_TTL(Type.NUMBER, flow -> flow.backward().maxTtl());

  /** What a field holds. */
  public enum Type {
    /** A whole number, at least 0. */
    NUMBER,
    /** Nanoseconds since 1970-01-01 UTC. */
    TIME,
    /** A text in ASCII, without quotes and separators. */
    TEXT
  }

  private final Type type;
  private final ToLongFunction<FlowSummary> number;
  private final Function<FlowSummary, String> text;

  FlowField(Type type, ToLongFunction<FlowSummary> number) {
    this.type = type;
    this.number = number;
    this.text = flow -> Long.toString(number.applyAsLong(flow));
  }

  FlowField(Function<FlowSummary, String> text) {
    this.type = Type.TEXT;
    this.number = flow -> 0;
    this.text = text;
  }

  /**
   * The name of the column.
   *
   * @return for example {@code src_ip}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What the field holds.
   *
   * @return the type, by which {@link #number} or {@link #text} is to be asked
   */
  public Type type() {
    return type;
  }

  /**
   * The value of a number or a time.
   *
   * @param flow the flow
   * @return the value; 0 for a text
   */
  public long number(FlowSummary flow) {
    return number.applyAsLong(flow);
  }

  /**
   * The value as text.
   *
   * @param flow the flow
   * @return the value; digits for a number or a time
   */
  public String text(FlowSummary flow) {
    return text.apply(flow);
  }
}
