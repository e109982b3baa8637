package io.caracal.api.flow;

/**
 * Why a flow record was written. The names are part of the event format; the order is part of the
 * row format.
 */
public enum EndReason {
  /** The flow is still alive: this is a checkpoint. */
  CHECKPOINT,
  /** No packet for the idle timeout. */
  IDLE,
  /**
   * Longer than the active timeout; the next packet starts a new record that keeps the original
   * direction.
   */
  ACTIVE,
  /**
   * Both sides sent FIN. Written a second of packet time later, so that the last acknowledgments
   * count, or at once when a SYN opens the next connection.
   */
  FIN,
  /** One side sent RST; written as late as for {@link #FIN}. */
  RST,
  /** The table was full and this flow was the least recently active. */
  EVICTED,
  /** The capture ended, or the sensor stopped. */
  END_OF_CAPTURE;

  /**
   * The name used in events, as features.md writes it.
   *
   * @return for example {@code end-of-capture}
   */
  public String key() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
