package io.caracal.feature.internal.host;

import io.caracal.api.flow.ConnectionState;

/** How a connection attempt came out. */
enum Outcome {
  ANSWERED,
  /** What KDD counts as a SYN error; of other protocols that nothing came back. */
  UNANSWERED,
  /** SYN answered by RST. */
  REJECTED;

  static Outcome of(ConnectionState state) {
    return switch (state) {
      case S0, SH, RSTOS0 -> UNANSWERED;
      case REJ -> REJECTED;
      default -> ANSWERED;
    };
  }
}
