package io.caracal.trainer.corpus;

import io.caracal.trainer.truth.TruthFlow;

/**
 * A labelled flow record: a checkpoint or the end of a flow.
 *
 * @param campaign index of its campaign
 * @param row index of its record
 * @param flowId the sensor's number of its flow
 * @param packets packets of both directions
 * @param truthIndex index of its truth flow in the campaign
 * @param truth what the flow is
 * @param attackClass index of its class, or {@link #BENIGN}
 * @param part what it serves for
 * @param weight what it counts where the ensemble is fitted
 */
public record Example(
    int campaign,
    int row,
    long flowId,
    long packets,
    int truthIndex,
    TruthFlow truth,
    int attackClass,
    Part part,
    double weight) {
  /** Class of normal traffic. */
  public static final int BENIGN = -1;

  /** Whether this is normal traffic. */
  public boolean benign() {
    return attackClass == BENIGN;
  }

  /** The kind by which records are sampled: attack label or benign activity. */
  public String kind() {
    return benign() ? "benign/" + truth.detail() : truth.label();
  }
}
