package io.caracal.trainer.truth;

/** Which truth flow each flow record belongs to. */
public final class Matching {
  /** No truth flow. */
  public static final int NONE = -1;

  private final int[] truthOfRow;
  private final Counts counts;

  /**
   * How well two views of one capture agree.
   *
   * @param flows flows of the sensor, each with one or more records
   * @param unmatchedFlows of them without a truth flow
   * @param truth truth flows
   * @param matchedTruth of them those that at least one flow belongs to
   * @param mergedTruth those that share their flow with a longer one: the sensor made one flow of
   *     several
   * @param unmatchedTruth those without any flow of the sensor
   */
  public record Counts(
      int flows,
      int unmatchedFlows,
      int truth,
      int matchedTruth,
      int mergedTruth,
      int unmatchedTruth) {}

  Matching(int[] truthOfRow, Counts counts) {
    this.truthOfRow = truthOfRow.clone();
    this.counts = counts;
  }

  /** Index of a record's truth flow, or {@link #NONE}. */
  public int truthOf(int row) {
    return truthOfRow[row];
  }

  /** How many match. */
  public Counts counts() {
    return counts;
  }
}
