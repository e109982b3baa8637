package io.caracal.feature.internal.context;

import io.caracal.api.flow.ConnectionState;

/** How a connection attempt came out. */
public enum Outcome {
  ANSWERED,
  /** What KDD counts as a SYN error; of other protocols that nothing came back. */
  UNANSWERED,
  /** SYN answered by RST. */
  REJECTED;

  public static Outcome of(ConnectionState state) {
    return switch (state) {
      case S0, SH, RSTOS0 -> UNANSWERED;
      case REJ -> REJECTED;
      default -> ANSWERED;
    };
  }
}
