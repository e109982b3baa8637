package io.caracal.api.flow;

/**
 * How far a connection got, by Zeek's names for the states of {@code conn.log}. A flow that is not
 * TCP is {@link #SF} once both sides sent, {@link #S0} while only the initiator did.
 *
 * @see <a href="https://docs.zeek.org/en/current/scripts/base/protocols/conn/main.zeek.html">Zeek,
 *     conn_state</a>
 */
public enum ConnectionState {
  /** SYN seen, no answer. */
  S0,
  /** Established, not ended. */
  S1,
  /** Established and closed by both sides. */
  SF,
  /** SYN answered by RST. */
  REJ,
  /** Established, closed by the initiator only. */
  S2,
  /** Established, closed by the responder only. */
  S3,
  /** Established, reset by the initiator. */
  RSTO,
  /** Established, reset by the responder. */
  RSTR,
  /** SYN, then RST from the initiator, no SYN+ACK. */
  RSTOS0,
  /** SYN+ACK, then RST from the responder, no SYN seen. */
  RSTRH,
  /** SYN, then FIN from the initiator, no SYN+ACK. */
  SH,
  /** SYN+ACK, then FIN from the responder, no SYN seen. */
  SHR,
  /** No SYN seen: the connection is older than the capture, or only one side was seen. */
  OTH;

  /**
   * The state of a record.
   *
   * @param flow the record
   * @return its state when it was written
   */
  public static ConnectionState of(FlowRecord flow) {
    return flow.protocol() == 6
        ? ofHistory(flow.history())
        : flow.backward().packets() > 0 ? flow.forward().packets() > 0 ? SF : SHR : S0;
  }

  static ConnectionState ofHistory(String history) {
    boolean syn = history.indexOf('S') >= 0;
    boolean synAck = history.indexOf('h') >= 0;
    int reset = history.indexOf('R');
    int backwardReset = history.indexOf('r');
    boolean initiatorReset = reset >= 0 && (backwardReset < 0 || reset < backwardReset);
    boolean responderReset = backwardReset >= 0 && !initiatorReset;
    boolean fin = history.indexOf('F') >= 0;
    boolean backwardFin = history.indexOf('f') >= 0;
    if (syn && !synAck) {
      return responderReset ? REJ : initiatorReset ? RSTOS0 : fin ? SH : answered(history);
    }
    if (!syn) {
      return !synAck ? OTH : responderReset ? RSTRH : backwardFin ? SHR : OTH;
    }
    if (initiatorReset || responderReset) {
      return initiatorReset ? RSTO : RSTR;
    }
    return fin ? (backwardFin ? SF : S2) : backwardFin ? S3 : S1;
  }

  /** A SYN without SYN+ACK, where the capture may have missed the latter. */
  private static ConnectionState answered(String history) {
    return history.indexOf('d') >= 0 || history.indexOf('a') >= 0 ? OTH : S0;
  }
}
