package io.caracal.trainer.truth;

/**
 * One flow of the ground truth.
 *
 * @param startNanos first packet, nanoseconds since 1970-01-01 UTC
 * @param endNanos last packet
 * @param key who talks to whom
 * @param label {@code benign}, or the kind of attack
 * @param detail the tool, or the benign activity
 * @param attackId the attack run, empty if none
 */
public record TruthFlow(
    long startNanos, long endNanos, FlowKey key, String label, String detail, String attackId) {
  /** The label of normal traffic. */
  public static final String BENIGN = "benign";

  /** Whether this is normal traffic. */
  public boolean benign() {
    return label.equals(BENIGN);
  }

  /** Whether the truth does not know: such flows are neither trained on nor scored. */
  public boolean leftOut() {
    return label.equals("ambiguous") || label.equals("aux");
  }

  /** The attack run, or the label itself where the truth names no run. */
  public String run() {
    return attackId.isEmpty() ? label : attackId;
  }
}
