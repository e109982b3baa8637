package io.caracal.api.flow;

import io.caracal.api.packet.PacketHeaders;

/**
 * How far a connection got, by Zeek's names for the states of {@code conn.log}. A UDP flow is
 * {@link #SF} once both sides sent, {@link #S0} while only the initiator did, {@link #SHR} if only
 * the responder did; what is neither TCP nor UDP is {@link #OTH}.
 *
 * @see <a href="https://docs.zeek.org/en/current/scripts/base/protocols/conn/main.zeek.html">Zeek,
 *     conn_state</a>
 */
public enum ConnectionState {
  /** SYN seen, no answer. */
  S0,
  /** Established, not ended. */
  S1,
  /** Closed by both sides. */
  SF,
  /** SYN answered by RST. */
  REJ,
  /** Answered, closed by the initiator only. */
  S2,
  /** Established, closed by the responder only. */
  S3,
  /** Established, reset by the initiator. */
  RSTO,
  /** Established, reset by the responder. */
  RSTR,
  /** RST from the initiator, no SYN+ACK seen. */
  RSTOS0,
  /** RST from the responder, no SYN seen. */
  RSTRH,
  /** FIN from the initiator, no SYN+ACK seen. */
  SH,
  /** FIN from the responder, no SYN seen. */
  SHR,
  /** Anything else: mostly a connection that is older than the capture and still open. */
  OTH;

  /**
   * The state of a record.
   *
   * @param flow the record
   * @return its state when it was written
   */
  public static ConnectionState of(FlowRecord flow) {
    return switch (flow.protocol()) {
      case PacketHeaders.TCP -> ofHistory(flow.history());
      case PacketHeaders.UDP ->
          flow.backward().packets() == 0 ? S0 : flow.forward().packets() > 0 ? SF : SHR;
      default -> OTH;
    };
  }

  /**
   * Zeek keeps a state of each side: a SYN or SYN+ACK makes it active, FIN closes it, RST resets
   * it, and what both sides closed stays closed.
   */
  static ConnectionState ofHistory(String history) {
    boolean syn = history.indexOf('S') >= 0;
    boolean synAck = history.indexOf('h') >= 0;
    int fin = history.indexOf('F');
    int backwardFin = history.indexOf('f');
    int reset = history.indexOf('R');
    int backwardReset = history.indexOf('r');
    boolean closed = fin >= 0 && backwardFin >= 0;
    boolean initiatorReset =
        reset >= 0 && (backwardReset < 0 || reset < backwardReset) && !(closed && fin < reset);
    boolean responderReset =
        backwardReset >= 0
            && (reset < 0 || backwardReset < reset)
            && !(closed && backwardFin < backwardReset);
    if (responderReset) {
      return syn ? (synAck ? RSTR : REJ) : RSTRH;
    }
    if (initiatorReset) {
      return synAck ? RSTO : RSTOS0;
    }
    if (closed) {
      return SF;
    }
    if (fin >= 0) {
      return synAck ? S2 : SH;
    }
    if (backwardFin >= 0) {
      return syn ? S3 : SHR;
    }
    return syn ? (synAck ? S1 : unanswered(history)) : OTH;
  }

  /** A SYN without SYN+ACK, where the capture may have missed the latter. */
  private static ConnectionState unanswered(String history) {
    return history.indexOf('d') >= 0 || history.indexOf('a') >= 0 ? OTH : S0;
  }
}
